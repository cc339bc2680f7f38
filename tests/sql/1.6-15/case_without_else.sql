-- sqlite
SELECT CASE WHEN "user"."age" < ? THEN ? END AS "x" FROM "user"

-- postgresql
SELECT CASE WHEN "user"."age" < $1 THEN $2 END AS "x" FROM "user"

-- mariadb
SELECT CASE WHEN `user`.`age` < ? THEN ? END AS `x` FROM `user`

-- mssql
SELECT CASE WHEN [user].[age] < @p1 THEN @p2 END AS [x] FROM [user]

-- oracle
SELECT CASE WHEN "user"."AGE" < :1 THEN :2 END AS "X" FROM "user"
