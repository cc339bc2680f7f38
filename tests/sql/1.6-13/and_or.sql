-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id" = ? OR "user"."id" = ?) AND ("user"."age" > ? OR "user"."age" < ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id" = $1 OR "user"."id" = $2) AND ("user"."age" > $3 OR "user"."age" < $4)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id` = ? OR `user`.`id` = ?) AND (`user`.`age` > ? OR `user`.`age` < ?)
