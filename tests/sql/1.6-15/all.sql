-- sqlite
-- refused: the sqlite dialect has no ALL (…); compare with a MIN or MAX

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" >= ALL (SELECT "address"."user_id" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` >= ALL (SELECT `address`.`user_id` FROM `address`)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] >= ALL (SELECT [address].[user_id] FROM [address])

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" >= ALL (SELECT "ADDRESS"."USER_ID" FROM "ADDRESS")
