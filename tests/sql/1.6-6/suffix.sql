-- sqlite
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* end */

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* end */

-- mariadb
SELECT `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id` /* end */

-- mssql
SELECT [user].[id] FROM [user] JOIN [address] ON [user].[id] = [address].[user_id] /* end */

-- oracle
SELECT "user"."ID" FROM "user" JOIN "ADDRESS" ON "user"."ID" = "ADDRESS"."USER_ID" /* end */
