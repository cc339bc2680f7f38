-- sqlite
-- refused: the sqlite dialect has no ORDER BY within an aggregate

-- postgresql
SELECT string_agg("user"."name", ', ' ORDER BY "user"."age" DESC) AS "x" FROM "user"

-- mariadb
SELECT group_concat(`user`.`name` ORDER BY `user`.`age` DESC SEPARATOR ', ') AS `x` FROM `user`

-- mssql
SELECT STRING_AGG([user].[name], N', ') WITHIN GROUP (ORDER BY [user].[age] DESC) AS [x] FROM [user]

-- oracle
SELECT LISTAGG("user"."NAME", ', ') WITHIN GROUP (ORDER BY "user"."AGE" DESC) AS "X" FROM "user"
