-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE ? ESCAPE '/'

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" LIKE $1 ESCAPE '/'

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` LIKE ? ESCAPE '/'
