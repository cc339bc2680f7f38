-- sqlite
DELETE FROM "user" RETURNING "user"."id"

-- postgresql
DELETE FROM "user" RETURNING "user"."id"

-- mariadb
DELETE FROM `user` RETURNING `user`.`id`

-- mssql
DELETE FROM [user] OUTPUT [deleted].[id]

-- oracle
DELETE FROM "user" RETURNING "user"."ID" INTO :ret_0
