-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "address"."user_id" FROM "address" ORDER BY "address"."email" LIMIT ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "address"."user_id" FROM "address" ORDER BY "address"."email" LIMIT $1)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` IN (SELECT * FROM (SELECT `address`.`user_id` FROM `address` ORDER BY `address`.`email` LIMIT ?) AS `limited`)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] IN (SELECT TOP (@p1) [address].[user_id] FROM [address] ORDER BY [address].[email])

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" IN (SELECT "ADDRESS"."USER_ID" FROM "ADDRESS" ORDER BY "ADDRESS"."EMAIL" FETCH FIRST :1 ROWS ONLY)
