-- sqlite
SELECT "user"."id" FROM "user" WHERE lower("user"."name") LIKE lower(?) ESCAPE '/'

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" ILIKE $1 ESCAPE '/'

-- mariadb
SELECT `user`.`id` FROM `user` WHERE lower(`user`.`name`) LIKE lower(?) ESCAPE '/'

-- mssql
SELECT [user].[id] FROM [user] WHERE lower([user].[name]) LIKE lower(@p1) ESCAPE '/'

-- oracle
SELECT "user"."ID" FROM "user" WHERE lower("user"."NAME") LIKE lower(:1) ESCAPE '/'
