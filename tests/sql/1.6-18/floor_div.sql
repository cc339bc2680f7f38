-- sqlite
SELECT "user"."age" / ? AS "x" FROM "user"

-- postgresql
SELECT "user"."age" / $1 AS "x" FROM "user"

-- mariadb
SELECT `user`.`age` DIV ? AS `x` FROM `user`

-- mssql
SELECT [user].[age] / @p1 AS [x] FROM [user]

-- oracle
SELECT TRUNC("user"."AGE" / :1) AS "X" FROM "user"
