-- sqlite
SELECT "user"."id" FROM "user" UNION SELECT "address"."id" FROM "address" ORDER BY "id" LIMIT ?

-- postgresql
SELECT "user"."id" FROM "user" UNION SELECT "address"."id" FROM "address" ORDER BY "id" LIMIT $1

-- mariadb
SELECT `user`.`id` FROM `user` UNION SELECT `address`.`id` FROM `address` ORDER BY `id` LIMIT ?

-- mssql
SELECT [user].[id] FROM [user] UNION SELECT [address].[id] FROM [address] ORDER BY [id] OFFSET 0 ROWS FETCH FIRST @p1 ROWS ONLY

-- oracle
SELECT "user"."ID" FROM "user" UNION SELECT "ADDRESS"."ID" FROM "ADDRESS" ORDER BY "ID" FETCH FIRST :1 ROWS ONLY
