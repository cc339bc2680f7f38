-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."age" DESC, "user"."name"

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."age" DESC, "user"."name"

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`age` DESC, `user`.`name`

-- mssql
SELECT [user].[id], [user].[name] FROM [user] ORDER BY [user].[age] DESC, [user].[name]

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" ORDER BY "user"."AGE" DESC, "user"."NAME"
