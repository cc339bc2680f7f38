-- sqlite
-- refused: the sqlite dialect has no ORDER BY within an aggregate

-- postgresql
SELECT string_agg("user"."name", ', ' ORDER BY "user"."id" DESC) AS "names" FROM "user"

-- mariadb
SELECT group_concat(`user`.`name` ORDER BY `user`.`id` DESC SEPARATOR ', ') AS `names` FROM `user`

-- mssql
SELECT STRING_AGG([user].[name], N', ') WITHIN GROUP (ORDER BY [user].[id] DESC) AS [names] FROM [user]

-- oracle
SELECT LISTAGG("user"."NAME", ', ') WITHIN GROUP (ORDER BY "user"."ID" DESC) AS "NAMES" FROM "user"
