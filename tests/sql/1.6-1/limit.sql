-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT $1

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`id` LIMIT ?
