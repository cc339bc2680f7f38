-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" = ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" = $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` = ?

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[name] = @p1

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."NAME" = :1
