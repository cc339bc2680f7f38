-- sqlite
SELECT EXISTS (SELECT "user"."id" FROM "user" WHERE "user"."age" > ?) AS "some_are"

-- postgresql
SELECT EXISTS (SELECT "user"."id" FROM "user" WHERE "user"."age" > $1) AS "some_are"

-- mariadb
SELECT EXISTS (SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?) AS `some_are`

-- mssql
SELECT CASE WHEN EXISTS (SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1) THEN 1 ELSE 0 END AS [some_are]

-- oracle
SELECT CASE WHEN EXISTS (SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1) THEN 1 ELSE 0 END AS "SOME_ARE" FROM DUAL
