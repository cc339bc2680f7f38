-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` LIKE ?
