-- sqlite
SELECT 1 + 1 AS "x" FROM "user"

-- postgresql
SELECT 1 + 1 AS "x" FROM "user"

-- mariadb
SELECT 1 + 1 AS `x` FROM `user`

-- mssql
SELECT 1 + 1 AS [x] FROM [user]

-- oracle
SELECT 1 + 1 AS "X" FROM "user"
