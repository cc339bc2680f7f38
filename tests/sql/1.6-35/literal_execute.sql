-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" = 'it''s'

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" = 'it''s'

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` = 'it''s'

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[name] = N'it''s'

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."NAME" = 'it''s'
