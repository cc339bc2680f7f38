-- sqlite
SELECT count(*) AS "x" FROM "user"

-- postgresql
SELECT count(*) AS "x" FROM "user"

-- mariadb
SELECT count(*) AS `x` FROM `user`

-- mssql
SELECT count(*) AS [x] FROM [user]

-- oracle
SELECT count(*) AS "X" FROM "user"
