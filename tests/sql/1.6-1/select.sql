-- sqlite
SELECT "user"."id", "user"."name" FROM "user"

-- postgresql
SELECT "user"."id", "user"."name" FROM "user"

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user`

-- mssql
SELECT [user].[id], [user].[name] FROM [user]

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user"
