-- sqlite
SELECT replace("user"."name", ?, ?) AS "x" FROM "user"

-- postgresql
SELECT replace("user"."name", $1, $2) AS "x" FROM "user"

-- mariadb
SELECT replace(`user`.`name`, CAST(? AS CHAR), CAST(? AS CHAR)) AS `x` FROM `user`

-- mssql
SELECT replace([user].[name], @p1, @p2) AS [x] FROM [user]

-- oracle
SELECT replace("user"."NAME", :1, :2) AS "X" FROM "user"
