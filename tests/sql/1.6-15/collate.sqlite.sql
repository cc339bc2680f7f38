-- sqlite
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "NOCASE" DESC

-- postgresql
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "NOCASE" DESC

-- mariadb
SELECT `user`.`id` FROM `user` ORDER BY `user`.`name` COLLATE `NOCASE` DESC

-- mssql
SELECT [user].[id] FROM [user] ORDER BY [user].[name] COLLATE NOCASE DESC

-- oracle
SELECT "user"."ID" FROM "user" ORDER BY "user"."NAME" COLLATE NOCASE DESC
