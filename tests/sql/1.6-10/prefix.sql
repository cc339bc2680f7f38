-- sqlite
WITH "adults" AS (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > ?) SELECT "adults"."id" FROM "adults"

-- postgresql
WITH "adults" AS MATERIALIZED (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > $1) SELECT "adults"."id" FROM "adults"

-- mariadb
WITH `adults` AS (SELECT `user`.`id`, `user`.`age` FROM `user` WHERE `user`.`age` > ?) SELECT `adults`.`id` FROM `adults`

-- mssql
WITH [adults] AS (SELECT [user].[id], [user].[age] FROM [user] WHERE [user].[age] > @p1) SELECT [adults].[id] FROM [adults]

-- oracle
WITH "ADULTS" AS (SELECT "user"."ID", "user"."AGE" FROM "user" WHERE "user"."AGE" > :1) SELECT "ADULTS"."ID" FROM "ADULTS"
