-- sqlite
DELETE FROM "user" RETURNING "user"."id"

-- postgresql
DELETE FROM "user" RETURNING "user"."id"

-- mariadb
DELETE FROM `user` RETURNING `user`.`id`
