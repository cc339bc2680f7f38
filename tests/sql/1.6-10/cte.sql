-- sqlite
WITH "adults" AS (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > ?) SELECT "adults"."id" FROM "adults" WHERE "adults"."age" < ?

-- postgresql
WITH "adults" AS (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > $1) SELECT "adults"."id" FROM "adults" WHERE "adults"."age" < $2

-- mariadb
WITH `adults` AS (SELECT `user`.`id`, `user`.`age` FROM `user` WHERE `user`.`age` > ?) SELECT `adults`.`id` FROM `adults` WHERE `adults`.`age` < ?

-- mssql
WITH [adults] AS (SELECT [user].[id], [user].[age] FROM [user] WHERE [user].[age] > @p1) SELECT [adults].[id] FROM [adults] WHERE [adults].[age] < @p2

-- oracle
WITH "ADULTS" AS (SELECT "user"."ID", "user"."AGE" FROM "user" WHERE "user"."AGE" > :1) SELECT "ADULTS"."ID" FROM "ADULTS" WHERE "ADULTS"."AGE" < :2
