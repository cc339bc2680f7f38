-- sqlite
SELECT "user"."age" > ? AS "old" FROM "user"

-- postgresql
SELECT "user"."age" > $1 AS "old" FROM "user"

-- mariadb
SELECT `user`.`age` > ? AS `old` FROM `user`

-- mssql
SELECT CASE WHEN [user].[age] > @p1 THEN 1 WHEN NOT ([user].[age] > @p2) THEN 0 END AS [old] FROM [user]

-- oracle
SELECT CASE WHEN "user"."AGE" > :1 THEN 1 WHEN NOT ("user"."AGE" > :2) THEN 0 END AS "OLD" FROM "user"
