-- sqlite
SELECT sum("user"."age") FILTER (WHERE "user"."age" > ?) OVER (PARTITION BY "user"."name") AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") FILTER (WHERE "user"."age" > $1) OVER (PARTITION BY "user"."name") AS "x" FROM "user"

-- mariadb
SELECT sum(CASE WHEN `user`.`age` > ? THEN `user`.`age` END) OVER (PARTITION BY `user`.`name`) AS `x` FROM `user`

-- mssql
SELECT sum(CAST(CASE WHEN [user].[age] > @p1 THEN [user].[age] END AS BIGINT)) OVER (PARTITION BY [user].[name]) AS [x] FROM [user]

-- oracle
SELECT sum(CASE WHEN "user"."AGE" > :1 THEN "user"."AGE" END) OVER (PARTITION BY "user"."NAME") AS "X" FROM "user"
