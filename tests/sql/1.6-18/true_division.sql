-- sqlite
SELECT "user"."age" / (? + 0.0) AS "x" FROM "user"

-- postgresql
SELECT "user"."age" / CAST($1 AS DOUBLE PRECISION) AS "x" FROM "user"

-- mariadb
SELECT `user`.`age` / CAST(? AS DOUBLE) AS `x` FROM `user`

-- mssql
SELECT [user].[age] / CAST(@p1 AS FLOAT(53)) AS [x] FROM [user]

-- oracle
SELECT "user"."AGE" / :1 AS "X" FROM "user"
