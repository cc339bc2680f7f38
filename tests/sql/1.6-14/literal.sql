-- sqlite
SELECT ? AS "x" FROM "user"

-- postgresql
SELECT $1 AS "x" FROM "user"

-- mariadb
SELECT ? AS `x` FROM `user`

-- mssql
SELECT @p1 AS [x] FROM [user]

-- oracle
SELECT :1 AS "X" FROM "user"
