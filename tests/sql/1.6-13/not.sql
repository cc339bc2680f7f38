-- sqlite
SELECT "user"."id" FROM "user" WHERE NOT ("user"."id" = ? AND "user"."age" > ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE NOT ("user"."id" = $1 AND "user"."age" > $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE NOT (`user`.`id` = ? AND `user`.`age` > ?)
