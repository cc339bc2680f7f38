-- sqlite
SELECT DISTINCT "user"."id", "user"."name" FROM "user"

-- postgresql
SELECT DISTINCT "user"."id", "user"."name" FROM "user"

-- mariadb
SELECT DISTINCT `user`.`id`, `user`.`name` FROM `user`

-- mssql
SELECT DISTINCT [user].[id], [user].[name] FROM [user]

-- oracle
SELECT DISTINCT "user"."ID", "user"."NAME" FROM "user"
