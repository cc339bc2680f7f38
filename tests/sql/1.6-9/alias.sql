-- sqlite
SELECT "user"."id", "other"."id" AS "id_1" FROM "user", "user" AS "other" WHERE "user"."age" < "other"."age"

-- postgresql
SELECT "user"."id", "other"."id" AS "id_1" FROM "user", "user" AS "other" WHERE "user"."age" < "other"."age"

-- mariadb
SELECT `user`.`id`, `other`.`id` AS `id_1` FROM `user`, `user` AS `other` WHERE `user`.`age` < `other`.`age`

-- mssql
SELECT [user].[id], [other].[id] AS [id_1] FROM [user], [user] AS [other] WHERE [user].[age] < [other].[age]

-- oracle
SELECT "user"."ID", "OTHER"."ID" AS "ID_1" FROM "user", "user" "OTHER" WHERE "user"."AGE" < "OTHER"."AGE"
