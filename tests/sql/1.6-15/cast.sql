-- sqlite
SELECT CAST("user"."age" AS TEXT) AS "x" FROM "user"

-- postgresql
SELECT CAST("user"."age" AS VARCHAR) AS "x" FROM "user"

-- mariadb
SELECT CAST(`user`.`age` AS CHAR) AS `x` FROM `user`

-- mssql
SELECT CAST([user].[age] AS NVARCHAR(max)) AS [x] FROM [user]

-- oracle
SELECT CAST("user"."AGE" AS VARCHAR2(4000 CHAR)) AS "X" FROM "user"
