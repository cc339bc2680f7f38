-- sqlite
SELECT current_timestamp AS "x" FROM "user"

-- postgresql
SELECT current_timestamp AS "x" FROM "user"

-- mariadb
SELECT current_timestamp(6) AS `x` FROM `user`

-- mssql
SELECT SYSDATETIMEOFFSET() AS [x] FROM [user]

-- oracle
SELECT CURRENT_TIMESTAMP AS "X" FROM "user"
