-- sqlite
SELECT "user"."id" FROM "user" WHERE 0

-- postgresql
SELECT "user"."id" FROM "user" WHERE FALSE

-- mariadb
SELECT `user`.`id` FROM `user` WHERE FALSE
