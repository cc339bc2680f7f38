-- sqlite
DELETE FROM "user" WHERE "user"."id" = ?

-- postgresql
DELETE FROM "user" WHERE "user"."id" = $1

-- mariadb
DELETE FROM `user` WHERE `user`.`id` = ?

-- mssql
DELETE FROM [user] WHERE [user].[id] = @p1

-- oracle
DELETE FROM "user" WHERE "user"."ID" = :1
