-- sqlite
SELECT length("user"."name") AS "x" FROM "user"

-- postgresql
SELECT char_length("user"."name") AS "x" FROM "user"

-- mariadb
SELECT char_length(`user`.`name`) AS `x` FROM `user`

-- mssql
SELECT LEN([user].[name]) AS [x] FROM [user]

-- oracle
SELECT LENGTH("user"."NAME") AS "X" FROM "user"
