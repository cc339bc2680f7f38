-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" NOT LIKE ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" NOT LIKE $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` NOT LIKE ?
