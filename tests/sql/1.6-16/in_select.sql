-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "address"."user_id" FROM "address")

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "address"."user_id" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` IN (SELECT `address`.`user_id` FROM `address`)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] IN (SELECT [address].[user_id] FROM [address])

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" IN (SELECT "ADDRESS"."USER_ID" FROM "ADDRESS")
