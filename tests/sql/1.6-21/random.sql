-- sqlite
SELECT ((random() & 9007199254740991) / 9007199254740992.0) AS "x" FROM "user"

-- postgresql
SELECT random() AS "x" FROM "user"

-- mariadb
SELECT rand() AS `x` FROM `user`

-- mssql
SELECT RAND(CHECKSUM(NEWID())) AS [x] FROM [user]

-- oracle
SELECT DBMS_RANDOM.VALUE AS "X" FROM "user"
