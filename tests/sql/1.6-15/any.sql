-- sqlite
-- refused: the sqlite dialect has no ANY (…); use in()

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" = ANY (SELECT "address"."user_id" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` = ANY (SELECT `address`.`user_id` FROM `address`)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] = ANY (SELECT [address].[user_id] FROM [address])

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" = ANY (SELECT "ADDRESS"."USER_ID" FROM "ADDRESS")
