-- sqlite
SELECT "user"."age" % ? AS "odd" FROM "user"

-- postgresql
SELECT "user"."age" % $1 AS "odd" FROM "user"

-- mariadb
SELECT `user`.`age` % ? AS `odd` FROM `user`

-- mssql
SELECT [user].[age] % @p1 AS [odd] FROM [user]

-- oracle
SELECT MOD("user"."AGE", :1) AS "ODD" FROM "user"
