-- sqlite
SELECT sum("user"."age") + max("user"."age") AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") + max("user"."age") AS "x" FROM "user"

-- mariadb
SELECT sum(`user`.`age`) + max(`user`.`age`) AS `x` FROM `user`

-- mssql
SELECT sum(CAST([user].[age] AS BIGINT)) + max([user].[age]) AS [x] FROM [user]

-- oracle
SELECT sum("user"."AGE") + max("user"."AGE") AS "X" FROM "user"
