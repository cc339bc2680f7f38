-- sqlite
SELECT "user"."id", "user"."age" FROM "user"

-- postgresql
SELECT "user"."id", "user"."age" FROM "user"

-- mariadb
SELECT `user`.`id`, `user`.`age` FROM `user`

-- mssql
SELECT [user].[id], [user].[age] FROM [user]

-- oracle
SELECT "user"."ID", "user"."AGE" FROM "user"
