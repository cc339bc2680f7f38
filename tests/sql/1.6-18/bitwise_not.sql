-- sqlite
SELECT ~"user"."age" AS "x" FROM "user"

-- postgresql
SELECT ~"user"."age" AS "x" FROM "user"

-- mariadb
SELECT CAST(~`user`.`age` AS SIGNED) AS `x` FROM `user`

-- mssql
SELECT ~[user].[age] AS [x] FROM [user]

-- oracle
SELECT (-1 - "user"."AGE") AS "X" FROM "user"
