-- sqlite
SELECT count(DISTINCT "user"."age") AS "x" FROM "user"

-- postgresql
SELECT count(DISTINCT "user"."age") AS "x" FROM "user"

-- mariadb
SELECT count(DISTINCT `user`.`age`) AS `x` FROM `user`

-- mssql
SELECT count(DISTINCT [user].[age]) AS [x] FROM [user]

-- oracle
SELECT count(DISTINCT "user"."AGE") AS "X" FROM "user"
