-- sqlite
SELECT ntile(?) OVER (ORDER BY "user"."id") AS "x" FROM "user"

-- postgresql
SELECT ntile($1) OVER (ORDER BY "user"."id") AS "x" FROM "user"

-- mariadb
SELECT ntile(?) OVER (ORDER BY `user`.`id`) AS `x` FROM `user`

-- mssql
SELECT ntile(@p1) OVER (ORDER BY [user].[id]) AS [x] FROM [user]

-- oracle
SELECT ntile(:1) OVER (ORDER BY "user"."ID") AS "X" FROM "user"
