-- sqlite
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "utf8mb4_bin" DESC

-- postgresql
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "utf8mb4_bin" DESC

-- mariadb
SELECT `user`.`id` FROM `user` ORDER BY `user`.`name` COLLATE `utf8mb4_bin` DESC

-- mssql
SELECT [user].[id] FROM [user] ORDER BY [user].[name] COLLATE utf8mb4_bin DESC

-- oracle
SELECT "user"."ID" FROM "user" ORDER BY "user"."NAME" COLLATE utf8mb4_bin DESC
