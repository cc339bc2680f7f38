-- sqlite
SELECT "user"."id" FROM "user" NOT INDEXED JOIN "address" ON "user"."id" = "address"."user_id"

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- mariadb
SELECT `user`.`id` FROM `user` USE INDEX (PRIMARY) JOIN `address` ON `user`.`id` = `address`.`user_id`

-- mssql
SELECT [user].[id] FROM [user] JOIN [address] ON [user].[id] = [address].[user_id]

-- oracle
SELECT "user"."ID" FROM "user" JOIN "ADDRESS" ON "user"."ID" = "ADDRESS"."USER_ID"
