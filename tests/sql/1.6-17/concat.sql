-- sqlite
SELECT "user"."name" || ? AS "x" FROM "user"

-- postgresql
SELECT "user"."name" || $1 AS "x" FROM "user"

-- mariadb
SELECT CONCAT(`user`.`name`, ?) AS `x` FROM `user`

-- mssql
SELECT [user].[name] + @p1 AS [x] FROM [user]

-- oracle
SELECT "user"."NAME" || :1 AS "X" FROM "user"
