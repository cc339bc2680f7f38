-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` LIKE ?

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[name] LIKE @p1

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."NAME" LIKE :1
