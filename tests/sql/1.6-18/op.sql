-- sqlite
SELECT "user"."age" | ("user"."age" + ?) AS "x" FROM "user"

-- postgresql
SELECT "user"."age" | ("user"."age" + $1) AS "x" FROM "user"

-- mariadb
SELECT `user`.`age` | (`user`.`age` + ?) AS `x` FROM `user`

-- mssql
SELECT [user].[age] | ([user].[age] + @p1) AS [x] FROM [user]

-- oracle
SELECT "user"."AGE" | ("user"."AGE" + :1) AS "X" FROM "user"
