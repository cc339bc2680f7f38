-- sqlite
DELETE FROM "user" WHERE "user"."id" = ?

-- postgresql
DELETE FROM "user" WHERE "user"."id" = $1

-- mariadb
DELETE FROM `user` WHERE `user`.`id` = ?
