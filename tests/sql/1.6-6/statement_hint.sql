-- sqlite
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* the plan */

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* the plan */

-- mariadb
SELECT `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id` /* the plan */

-- mssql
SELECT [user].[id] FROM [user] JOIN [address] ON [user].[id] = [address].[user_id] /* the plan */

-- oracle
SELECT "user"."ID" FROM "user" JOIN "ADDRESS" ON "user"."ID" = "ADDRESS"."USER_ID" /* the plan */
