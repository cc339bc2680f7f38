-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NULL OR "user"."fullname" IS NOT NULL

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NULL OR "user"."fullname" IS NOT NULL

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`fullname` IS NULL OR `user`.`fullname` IS NOT NULL

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[fullname] IS NULL OR [user].[fullname] IS NOT NULL

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."FULLNAME" IS NULL OR "user"."FULLNAME" IS NOT NULL
