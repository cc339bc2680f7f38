-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."fullname" NULLS FIRST

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."fullname" NULLS FIRST

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`fullname`

-- mssql
SELECT [user].[id], [user].[name] FROM [user] ORDER BY [user].[fullname]

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" ORDER BY "user"."FULLNAME" NULLS FIRST
