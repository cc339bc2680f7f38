-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT $1

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`id` LIMIT ?

-- mssql
SELECT TOP (@p1) [user].[id], [user].[name] FROM [user] ORDER BY [user].[id]

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" ORDER BY "user"."ID" FETCH FIRST :1 ROWS ONLY
