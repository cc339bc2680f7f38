-- sqlite
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS "x" FROM "user"

-- mariadb
SELECT sum(`user`.`age`) OVER (ORDER BY `user`.`id` ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS `x` FROM `user`

-- mssql
SELECT sum(CAST([user].[age] AS BIGINT)) OVER (ORDER BY [user].[id] ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS [x] FROM [user]

-- oracle
SELECT sum("user"."AGE") OVER (ORDER BY "user"."ID" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS "X" FROM "user"
