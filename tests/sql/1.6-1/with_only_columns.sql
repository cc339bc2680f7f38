-- sqlite
SELECT "user"."age" FROM "user"

-- postgresql
SELECT "user"."age" FROM "user"

-- mariadb
SELECT `user`.`age` FROM `user`

-- mssql
SELECT [user].[age] FROM [user]

-- oracle
SELECT "user"."AGE" FROM "user"
