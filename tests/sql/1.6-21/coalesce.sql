-- sqlite
SELECT coalesce("user"."fullname", ?) AS "x" FROM "user"

-- postgresql
SELECT coalesce("user"."fullname", $1) AS "x" FROM "user"

-- mariadb
SELECT coalesce(`user`.`fullname`, CAST(? AS CHAR)) AS `x` FROM `user`

-- mssql
SELECT coalesce([user].[fullname], @p1) AS [x] FROM [user]

-- oracle
SELECT coalesce("user"."FULLNAME", :1) AS "X" FROM "user"
