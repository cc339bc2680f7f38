-- sqlite
-- refused: the sqlite dialect has no DELETE … USING; put the condition on table 'address' into an EXISTS or IN subquery

-- postgresql
DELETE FROM "user" USING "address" WHERE "address"."user_id" = "user"."id"

-- mariadb
DELETE FROM `user` USING `user`, `address` WHERE `address`.`user_id` = `user`.`id`

-- mssql
DELETE FROM [user] FROM [user], [address] WHERE [address].[user_id] = [user].[id]

-- oracle
-- refused: the oracle dialect has no DELETE … USING; put the condition on table 'address' into an EXISTS or IN subquery
