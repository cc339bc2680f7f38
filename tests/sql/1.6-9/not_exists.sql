-- sqlite
SELECT "user"."id" FROM "user" WHERE NOT EXISTS (SELECT "address"."id" FROM "address" WHERE "address"."user_id" = "user"."id")

-- postgresql
SELECT "user"."id" FROM "user" WHERE NOT EXISTS (SELECT "address"."id" FROM "address" WHERE "address"."user_id" = "user"."id")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE NOT EXISTS (SELECT `address`.`id` FROM `address` WHERE `address`.`user_id` = `user`.`id`)

-- mssql
SELECT [user].[id] FROM [user] WHERE NOT EXISTS (SELECT [address].[id] FROM [address] WHERE [address].[user_id] = [user].[id])

-- oracle
SELECT "user"."ID" FROM "user" WHERE NOT EXISTS (SELECT "ADDRESS"."ID" FROM "ADDRESS" WHERE "ADDRESS"."USER_ID" = "user"."ID")
