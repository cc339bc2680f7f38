-- sqlite
SELECT CAST("user"."age" AS TEXT) AS "x" FROM "user"

-- postgresql
SELECT CAST("user"."age" AS NUMERIC(10, 2)) AS "x" FROM "user"

-- mariadb
SELECT CAST(`user`.`age` AS DECIMAL(10, 2)) AS `x` FROM `user`

-- mssql
SELECT CAST([user].[age] AS NUMERIC(10, 2)) AS [x] FROM [user]

-- oracle
SELECT CAST("user"."AGE" AS NUMBER(10, 2)) AS "X" FROM "user"
