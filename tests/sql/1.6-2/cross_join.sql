-- sqlite
SELECT "user"."name", "address"."email" FROM "user" CROSS JOIN "address"

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" CROSS JOIN "address"

-- mariadb
SELECT `user`.`name`, `address`.`email` FROM `user` CROSS JOIN `address`

-- mssql
SELECT [user].[name], [address].[email] FROM [user] CROSS JOIN [address]

-- oracle
SELECT "user"."NAME", "ADDRESS"."EMAIL" FROM "user" CROSS JOIN "ADDRESS"
