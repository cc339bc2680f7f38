-- sqlite
-- refused: the sqlite dialect has no cube(); write a UNION ALL of the groupings

-- postgresql
SELECT "user"."age", "user"."name", count(*) AS "count_1" FROM "user" GROUP BY cube("user"."age", "user"."name")

-- mariadb
-- refused: the mariadb dialect has no cube(); it has rollup()

-- mssql
SELECT [user].[age], [user].[name], count(*) AS [count_1] FROM [user] GROUP BY cube([user].[age], [user].[name])

-- oracle
SELECT "user"."AGE", "user"."NAME", count(*) AS "COUNT_1" FROM "user" GROUP BY cube("user"."AGE", "user"."NAME")
