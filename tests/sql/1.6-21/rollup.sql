-- sqlite
-- refused: the sqlite dialect has no rollup(); write a UNION ALL of the groupings

-- postgresql
SELECT "user"."age", "user"."name", count(*) AS "count_1" FROM "user" GROUP BY rollup("user"."age", "user"."name")

-- mariadb
SELECT `user`.`age`, `user`.`name`, count(*) AS `count_1` FROM `user` GROUP BY `user`.`age`, `user`.`name` WITH ROLLUP

-- mssql
SELECT [user].[age], [user].[name], count(*) AS [count_1] FROM [user] GROUP BY rollup([user].[age], [user].[name])

-- oracle
SELECT "user"."AGE", "user"."NAME", count(*) AS "COUNT_1" FROM "user" GROUP BY rollup("user"."AGE", "user"."NAME")
