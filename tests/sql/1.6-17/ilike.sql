-- sqlite
SELECT "user"."id" FROM "user" WHERE lower("user"."name") LIKE lower(?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" ILIKE $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE lower(`user`.`name`) LIKE lower(?)

-- mssql
SELECT [user].[id] FROM [user] WHERE lower([user].[name]) LIKE lower(@p1)

-- oracle
SELECT "user"."ID" FROM "user" WHERE lower("user"."NAME") LIKE lower(:1)
