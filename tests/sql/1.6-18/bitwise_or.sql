-- sqlite
SELECT "user"."age" | ? AS "x" FROM "user"

-- postgresql
SELECT "user"."age" | $1 AS "x" FROM "user"

-- mariadb
SELECT CAST(`user`.`age` | ? AS SIGNED) AS `x` FROM `user`

-- mssql
SELECT [user].[age] | @p1 AS [x] FROM [user]

-- oracle
SELECT ("user"."AGE" + :1 - BITAND("user"."AGE", :2)) AS "X" FROM "user"
