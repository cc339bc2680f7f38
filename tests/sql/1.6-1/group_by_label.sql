-- sqlite
SELECT lower("user"."name") AS "lowered", count(*) AS "count_1" FROM "user" GROUP BY "lowered" HAVING count(*) > ?

-- postgresql
SELECT lower("user"."name") AS "lowered", count(*) AS "count_1" FROM "user" GROUP BY "lowered" HAVING count(*) > $1

-- mariadb
SELECT lower(`user`.`name`) AS `lowered`, count(*) AS `count_1` FROM `user` GROUP BY `lowered` HAVING count(*) > ?

-- mssql
SELECT lower([user].[name]) AS [lowered], count(*) AS [count_1] FROM [user] GROUP BY lower([user].[name]) HAVING count(*) > @p1

-- oracle
SELECT lower("user"."NAME") AS "LOWERED", count(*) AS "COUNT_1" FROM "user" GROUP BY lower("user"."NAME") HAVING count(*) > :1
