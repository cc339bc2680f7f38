-- sqlite
SELECT * FROM (SELECT "user"."id" FROM "user" ORDER BY "user"."age" LIMIT ?) UNION ALL SELECT "address"."id" FROM "address"

-- postgresql
(SELECT "user"."id" FROM "user" ORDER BY "user"."age" LIMIT $1) UNION ALL SELECT "address"."id" FROM "address"

-- mariadb
(SELECT `user`.`id` FROM `user` ORDER BY `user`.`age` LIMIT ?) UNION ALL SELECT `address`.`id` FROM `address`

-- mssql
SELECT * FROM (SELECT TOP (@p1) [user].[id] FROM [user] ORDER BY [user].[age]) AS [anon_1] UNION ALL SELECT [address].[id] FROM [address]

-- oracle
(SELECT "user"."ID" FROM "user" ORDER BY "user"."AGE" FETCH FIRST :1 ROWS ONLY) UNION ALL SELECT "ADDRESS"."ID" FROM "ADDRESS"
