-- sqlite
WITH "ids" AS (SELECT "user"."id" FROM "user" WHERE "user"."age" > ?) INSERT INTO "address" ("email", "user_id") SELECT ? AS "mail", "ids"."id" FROM "ids"

-- postgresql
WITH "ids" AS (SELECT "user"."id" FROM "user" WHERE "user"."age" > $1) INSERT INTO "address" ("email", "user_id") SELECT $2 AS "mail", "ids"."id" FROM "ids"

-- mariadb
INSERT INTO `address` (`email`, `user_id`) WITH `ids` AS (SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?) SELECT ? AS `mail`, `ids`.`id` FROM `ids`

-- mssql
WITH [ids] AS (SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1) INSERT INTO [address] ([email], [user_id]) SELECT @p2 AS [mail], [ids].[id] FROM [ids]

-- oracle
INSERT INTO "ADDRESS" ("EMAIL", "USER_ID") WITH "IDS" AS (SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1) SELECT :2 AS "MAIL", "IDS"."ID" FROM "IDS"
