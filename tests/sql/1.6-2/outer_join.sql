-- sqlite
SELECT "user"."name", "address"."email" FROM "user" LEFT OUTER JOIN "address" ON "user"."id" = "address"."user_id"

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" LEFT OUTER JOIN "address" ON "user"."id" = "address"."user_id"

-- mariadb
SELECT `user`.`name`, `address`.`email` FROM `user` LEFT OUTER JOIN `address` ON `user`.`id` = `address`.`user_id`

-- mssql
SELECT [user].[name], [address].[email] FROM [user] LEFT OUTER JOIN [address] ON [user].[id] = [address].[user_id]

-- oracle
SELECT "user"."NAME", "ADDRESS"."EMAIL" FROM "user" LEFT OUTER JOIN "ADDRESS" ON "user"."ID" = "ADDRESS"."USER_ID"
