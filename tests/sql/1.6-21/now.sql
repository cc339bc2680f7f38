-- sqlite
SELECT CURRENT_TIMESTAMP AS "x" FROM "user"

-- postgresql
SELECT now() AS "x" FROM "user"

-- mariadb
SELECT now(6) AS `x` FROM `user`

-- mssql
SELECT SYSDATETIMEOFFSET() AS [x] FROM [user]

-- oracle
SELECT CURRENT_TIMESTAMP AS "X" FROM "user"
