-- sqlite
SELECT "v"."name" FROM (SELECT column1 AS "id", column2 AS "name" FROM (VALUES (CAST(? AS INTEGER), CAST(? AS TEXT)), (CAST(? AS INTEGER), CAST(? AS TEXT)))) AS "v" JOIN "user" ON "user"."id" = "v"."id"

-- postgresql
SELECT "v"."name" FROM (VALUES (CAST($1 AS INTEGER), CAST($2 AS VARCHAR)), (CAST($3 AS INTEGER), CAST($4 AS VARCHAR))) AS "v" ("id", "name") JOIN "user" ON "user"."id" = "v"."id"

-- mariadb
SELECT `v`.`name` FROM (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `v` JOIN `user` ON `user`.`id` = `v`.`id`

-- mssql
SELECT [v].[name] FROM (VALUES (CAST(@p1 AS INTEGER), CAST(@p2 AS NVARCHAR(max))), (CAST(@p3 AS INTEGER), CAST(@p4 AS NVARCHAR(max)))) AS [v] ([id], [name]) JOIN [user] ON [user].[id] = [v].[id]

-- oracle
SELECT "V"."NAME" FROM (SELECT CAST(:1 AS NUMBER(10)) AS "ID", CAST(:2 AS VARCHAR2(4000 CHAR)) AS "NAME" FROM DUAL UNION ALL SELECT CAST(:3 AS NUMBER(10)), CAST(:4 AS VARCHAR2(4000 CHAR)) FROM DUAL) "V" JOIN "user" ON "user"."ID" = "V"."ID"
