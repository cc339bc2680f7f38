-- sqlite
SELECT floor("user"."age" * ? / (? + 0.0)) AS "x" FROM "user"

-- postgresql
SELECT floor("user"."age" * $1 / $2) AS "x" FROM "user"

-- mariadb
SELECT floor(`user`.`age` * ? / ?) AS `x` FROM `user`

-- mssql
SELECT floor([user].[age] * @p1 / @p2) AS [x] FROM [user]

-- oracle
SELECT floor(("user"."AGE" * :1) / :2) AS "X" FROM "user"
