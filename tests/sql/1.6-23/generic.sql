-- sqlite
SELECT lower("user"."name") AS "x" FROM "user"

-- postgresql
SELECT lower("user"."name") AS "x" FROM "user"

-- mariadb
SELECT lower(`user`.`name`) AS `x` FROM `user`

-- mssql
SELECT lower([user].[name]) AS [x] FROM [user]

-- oracle
SELECT lower("user"."NAME") AS "X" FROM "user"
