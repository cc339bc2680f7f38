-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."fullname" DESC NULLS LAST

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."fullname" DESC NULLS LAST

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`fullname` DESC

-- mssql
SELECT [user].[id], [user].[name] FROM [user] ORDER BY [user].[fullname] DESC

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" ORDER BY "user"."FULLNAME" DESC NULLS LAST
