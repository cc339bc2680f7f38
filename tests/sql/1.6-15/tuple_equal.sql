-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") = (?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") = ($1, $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) = (?, ?)
