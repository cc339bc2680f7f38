-- sqlite
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" FOR UPDATE OF "user"

-- mariadb
SELECT `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id` FOR UPDATE

-- mssql
SELECT [user].[id] FROM [user] WITH (UPDLOCK, ROWLOCK) JOIN [address] ON [user].[id] = [address].[user_id]

-- oracle
SELECT "user"."ID" FROM "user" JOIN "ADDRESS" ON "user"."ID" = "ADDRESS"."USER_ID" FOR UPDATE OF "user"."ID"
