-- sqlite
SELECT "adults"."id" FROM (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > ?) AS "adults"

-- postgresql
SELECT "adults"."id" FROM (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > $1) AS "adults"

-- mariadb
SELECT `adults`.`id` FROM (SELECT `user`.`id`, `user`.`age` FROM `user` WHERE `user`.`age` > ?) AS `adults`

-- mssql
SELECT [adults].[id] FROM (SELECT [user].[id], [user].[age] FROM [user] WHERE [user].[age] > @p1) AS [adults]

-- oracle
SELECT "ADULTS"."ID" FROM (SELECT "user"."ID", "user"."AGE" FROM "user" WHERE "user"."AGE" > :1) "ADULTS"
