-- sqlite
SELECT "user"."id" FROM "user" WHERE 0

-- postgresql
SELECT "user"."id" FROM "user" WHERE FALSE

-- mariadb
SELECT `user`.`id` FROM `user` WHERE FALSE

-- mssql
SELECT [user].[id] FROM [user] WHERE 0 = 1

-- oracle
SELECT "user"."ID" FROM "user" WHERE 0 = 1
