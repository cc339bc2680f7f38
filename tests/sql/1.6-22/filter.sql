-- sqlite
SELECT count(*) FILTER (WHERE "user"."age" > ? AND "user"."age" < ?) AS "x" FROM "user"

-- postgresql
SELECT count(*) FILTER (WHERE "user"."age" > $1 AND "user"."age" < $2) AS "x" FROM "user"

-- mariadb
SELECT count(CASE WHEN `user`.`age` > ? AND `user`.`age` < ? THEN 1 END) AS `x` FROM `user`

-- mssql
SELECT count(CASE WHEN [user].[age] > @p1 AND [user].[age] < @p2 THEN 1 END) AS [x] FROM [user]

-- oracle
SELECT count(CASE WHEN "user"."AGE" > :1 AND "user"."AGE" < :2 THEN 1 END) AS "X" FROM "user"
