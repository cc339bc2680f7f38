-- sqlite
SELECT row_number() OVER () AS "x" FROM "user"

-- postgresql
SELECT row_number() OVER () AS "x" FROM "user"

-- mariadb
SELECT row_number() OVER () AS `x` FROM `user`

-- mssql
SELECT row_number() OVER (ORDER BY (SELECT NULL)) AS [x] FROM [user]

-- oracle
SELECT row_number() OVER (ORDER BY NULL) AS "X" FROM "user"
