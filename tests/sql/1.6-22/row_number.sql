-- sqlite
SELECT row_number() OVER (PARTITION BY "user"."age" ORDER BY "user"."id") AS "place" FROM "user"

-- postgresql
SELECT row_number() OVER (PARTITION BY "user"."age" ORDER BY "user"."id") AS "place" FROM "user"

-- mariadb
SELECT row_number() OVER (PARTITION BY `user`.`age` ORDER BY `user`.`id`) AS `place` FROM `user`

-- mssql
SELECT row_number() OVER (PARTITION BY [user].[age] ORDER BY [user].[id]) AS [place] FROM [user]

-- oracle
SELECT row_number() OVER (PARTITION BY "user"."AGE" ORDER BY "user"."ID") AS "PLACE" FROM "user"
