-- sqlite
SELECT -"user"."age" AS "x" FROM "user"

-- postgresql
SELECT -"user"."age" AS "x" FROM "user"

-- mariadb
SELECT -`user`.`age` AS `x` FROM `user`

-- mssql
SELECT -[user].[age] AS [x] FROM [user]

-- oracle
SELECT -"user"."AGE" AS "X" FROM "user"
