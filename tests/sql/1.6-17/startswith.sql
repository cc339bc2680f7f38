-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE ? ESCAPE '/'

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE $1 ESCAPE '/'

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` LIKE ? ESCAPE '/'

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[name] LIKE @p1 ESCAPE '/'

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."NAME" LIKE :1 ESCAPE '/'
