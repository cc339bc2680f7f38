-- sqlite
SELECT current_date AS "x" FROM "user"

-- postgresql
SELECT current_date AS "x" FROM "user"

-- mariadb
SELECT current_date AS `x` FROM `user`

-- mssql
SELECT CAST(SYSDATETIME() AS DATE) AS [x] FROM [user]

-- oracle
SELECT TRUNC(CURRENT_DATE) AS "X" FROM "user"
