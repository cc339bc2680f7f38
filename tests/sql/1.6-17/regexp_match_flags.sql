-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" REGEXP ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" ~ $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` REGEXP CONCAT('(?-i)', ?)
