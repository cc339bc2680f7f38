-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."age" DESC, "user"."name"

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."age" DESC, "user"."name"

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`age` DESC, `user`.`name`
