-- sqlite
SELECT (("user"."age" + ?) * 2) AS "x" FROM "user"

-- postgresql
SELECT (("user"."age" + $1) * 2) AS "x" FROM "user"

-- mariadb
SELECT (2 * (`user`.`age` + ?)) AS `x` FROM `user`

-- mssql
SELECT (([user].[age] + @p1) * 2) AS [x] FROM [user]

-- oracle
SELECT (("user"."AGE" + :1) * 2) AS "X" FROM "user"
