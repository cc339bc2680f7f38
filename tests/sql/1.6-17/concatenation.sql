-- sqlite
SELECT "user"."name" || ? || "user"."name" AS "twice" FROM "user"

-- postgresql
SELECT "user"."name" || $1 || "user"."name" AS "twice" FROM "user"

-- mariadb
SELECT CONCAT(CONCAT(`user`.`name`, ?), `user`.`name`) AS `twice` FROM `user`

-- mssql
SELECT ([user].[name] + @p1) + [user].[name] AS [twice] FROM [user]

-- oracle
SELECT "user"."NAME" || :1 || "user"."NAME" AS "TWICE" FROM "user"
