-- sqlite
SELECT ? AS "one"

-- postgresql
SELECT $1 AS "one"

-- mariadb
SELECT ? AS `one`

-- mssql
SELECT @p1 AS [one]

-- oracle
SELECT :1 AS "ONE" FROM DUAL
