-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT ? OFFSET ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."id" LIMIT $1 OFFSET $2

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`id` LIMIT ? OFFSET ?
