-- sqlite
WITH "ids" AS (SELECT "user"."id" FROM "user" WHERE "user"."age" > ?) SELECT "ids"."id" FROM "ids"

-- postgresql
WITH "ids" AS (SELECT "user"."id" FROM "user" WHERE "user"."age" > $1) SELECT "ids"."id" FROM "ids"

-- mariadb
WITH `ids` AS (SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?) SELECT `ids`.`id` FROM `ids`

-- mssql
WITH [ids] AS (SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1) SELECT [ids].[id] FROM [ids]

-- oracle
WITH "IDS" AS (SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1) SELECT "IDS"."ID" FROM "IDS"
