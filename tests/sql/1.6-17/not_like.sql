-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" NOT LIKE ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" NOT LIKE $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` NOT LIKE ?

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[name] NOT LIKE @p1

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."NAME" NOT LIKE :1
