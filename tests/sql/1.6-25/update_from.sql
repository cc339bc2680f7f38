-- sqlite
UPDATE "user" SET "name" = "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id"

-- postgresql
UPDATE "user" SET "name" = "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id"

-- mariadb
UPDATE `user`, `address` SET `user`.`name` = `address`.`email` WHERE `address`.`user_id` = `user`.`id`

-- mssql
UPDATE [user] SET [name] = [address].[email] FROM [user], [address] WHERE [address].[user_id] = [user].[id]

-- oracle
-- refused: the oracle dialect has no UPDATE … FROM; put the condition on table 'address' into an EXISTS or IN subquery, and its values into a scalar one
