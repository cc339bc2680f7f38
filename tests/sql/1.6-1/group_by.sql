-- sqlite
SELECT "user"."age", count(*) AS "count_1" FROM "user" GROUP BY "user"."age" HAVING count(*) > ?

-- postgresql
SELECT "user"."age", count(*) AS "count_1" FROM "user" GROUP BY "user"."age" HAVING count(*) > $1

-- mariadb
SELECT `user`.`age`, count(*) AS `count_1` FROM `user` GROUP BY `user`.`age` HAVING count(*) > ?

-- mssql
SELECT [user].[age], count(*) AS [count_1] FROM [user] GROUP BY [user].[age] HAVING count(*) > @p1

-- oracle
SELECT "user"."AGE", count(*) AS "COUNT_1" FROM "user" GROUP BY "user"."AGE" HAVING count(*) > :1
