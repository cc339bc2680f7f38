-- sqlite
SELECT CASE WHEN "user"."age" < ? THEN ? WHEN "user"."age" < ? THEN ? ELSE ? END AS "x" FROM "user"

-- postgresql
SELECT CASE WHEN "user"."age" < $1 THEN $2 WHEN "user"."age" < $3 THEN $4 ELSE $5 END AS "x" FROM "user"

-- mariadb
SELECT CASE WHEN `user`.`age` < ? THEN ? WHEN `user`.`age` < ? THEN ? ELSE ? END AS `x` FROM `user`

-- mssql
SELECT CASE WHEN [user].[age] < @p1 THEN @p2 WHEN [user].[age] < @p3 THEN @p4 ELSE @p5 END AS [x] FROM [user]

-- oracle
SELECT CASE WHEN "user"."AGE" < :1 THEN :2 WHEN "user"."AGE" < :3 THEN :4 ELSE :5 END AS "X" FROM "user"
