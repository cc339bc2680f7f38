-- sqlite
SELECT /* read */ "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- postgresql
SELECT /* read */ "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- mariadb
SELECT /* read */ SQL_NO_CACHE `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id`

-- mssql
SELECT /* read */ [user].[id] FROM [user] JOIN [address] ON [user].[id] = [address].[user_id]

-- oracle
SELECT /* read */ "user"."ID" FROM "user" JOIN "ADDRESS" ON "user"."ID" = "ADDRESS"."USER_ID"
