-- sqlite
SELECT "user"."name", "address"."email" FROM "user" JOIN "address" ON "address"."user_id" = "user"."id" + ?

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" JOIN "address" ON "address"."user_id" = "user"."id" + $1

-- mariadb
SELECT `user`.`name`, `address`.`email` FROM `user` JOIN `address` ON `address`.`user_id` = `user`.`id` + ?

-- mssql
SELECT [user].[name], [address].[email] FROM [user] JOIN [address] ON [address].[user_id] = [user].[id] + @p1

-- oracle
SELECT "user"."NAME", "ADDRESS"."EMAIL" FROM "user" JOIN "ADDRESS" ON "ADDRESS"."USER_ID" = "user"."ID" + :1
