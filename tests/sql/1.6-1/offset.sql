-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT -1 OFFSET ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" OFFSET $1

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`id` LIMIT 18446744073709551615 OFFSET ?

-- mssql
SELECT [user].[id], [user].[name] FROM [user] ORDER BY [user].[id] OFFSET @p1 ROWS

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" ORDER BY "user"."ID" OFFSET :1 ROWS
