-- sqlite
SELECT group_concat("user"."name", ', ') AS "x" FROM "user"

-- postgresql
SELECT string_agg("user"."name", ', ') AS "x" FROM "user"

-- mariadb
SELECT group_concat(`user`.`name` SEPARATOR ', ') AS `x` FROM `user`

-- mssql
SELECT STRING_AGG([user].[name], N', ') AS [x] FROM [user]

-- oracle
SELECT LISTAGG("user"."NAME", ', ') WITHIN GROUP (ORDER BY NULL) AS "X" FROM "user"
