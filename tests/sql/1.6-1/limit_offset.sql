-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT ? OFFSET ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT $1 OFFSET $2

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`id` LIMIT ? OFFSET ?

-- mssql
SELECT [user].[id], [user].[name] FROM [user] ORDER BY [user].[id] OFFSET @p1 ROWS FETCH FIRST @p2 ROWS ONLY

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" ORDER BY "user"."ID" OFFSET :1 ROWS FETCH FIRST :2 ROWS ONLY
