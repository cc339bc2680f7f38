-- sqlite
SELECT ("user"."age" + ?) * ? - "user"."age" % ? AS "x" FROM "user"

-- postgresql
SELECT ("user"."age" + $1) * $2 - "user"."age" % $3 AS "x" FROM "user"

-- mariadb
SELECT (`user`.`age` + ?) * ? - `user`.`age` % ? AS `x` FROM `user`

-- mssql
SELECT ([user].[age] + @p1) * @p2 - [user].[age] % @p3 AS [x] FROM [user]

-- oracle
SELECT ("user"."AGE" + :1) * :2 - MOD("user"."AGE", :3) AS "X" FROM "user"
