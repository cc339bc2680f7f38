-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (VALUES (?, ?), (?, ?))

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (($1, $2), ($3, $4))

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) IN ((?, ?), (?, ?))
