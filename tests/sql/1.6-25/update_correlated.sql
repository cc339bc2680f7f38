-- sqlite
UPDATE "user" SET "name" = coalesce((SELECT "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id" LIMIT ?), ?)

-- postgresql
UPDATE "user" SET "name" = coalesce((SELECT "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id" LIMIT $1), $2)

-- mariadb
UPDATE `user` SET `name` = coalesce((SELECT `address`.`email` FROM `address` WHERE `address`.`user_id` = `user`.`id` LIMIT ?), CAST(? AS CHAR))

-- mssql
UPDATE [user] SET [name] = coalesce((SELECT TOP (@p1) [address].[email] FROM [address] WHERE [address].[user_id] = [user].[id]), @p2)

-- oracle
UPDATE "user" SET "NAME" = coalesce((SELECT "ADDRESS"."EMAIL" FROM "ADDRESS" WHERE "ADDRESS"."USER_ID" = "user"."ID" FETCH FIRST :1 ROWS ONLY), :2)
