-- sqlite
SELECT (random() / 18446744073709551616.0 + 0.5) AS "x" FROM "user"

-- postgresql
SELECT random() AS "x" FROM "user"

-- mariadb
SELECT rand() AS `x` FROM `user`

-- mssql
SELECT RAND(CHECKSUM(NEWID())) AS [x] FROM [user]

-- oracle
SELECT DBMS_RANDOM.VALUE AS "X" FROM "user"
