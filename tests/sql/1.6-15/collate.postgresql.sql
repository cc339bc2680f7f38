-- sqlite
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "C" DESC

-- postgresql
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "C" DESC

-- mariadb
SELECT `user`.`id` FROM `user` ORDER BY `user`.`name` COLLATE `C` DESC

-- mssql
SELECT [user].[id] FROM [user] ORDER BY [user].[name] COLLATE C DESC

-- oracle
SELECT "user"."ID" FROM "user" ORDER BY "user"."NAME" COLLATE C DESC
