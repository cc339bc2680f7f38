-- sqlite
SELECT "user"."id", "user"."name" FROM "user" WHERE "user"."age" > ? AND "user"."name" = ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" WHERE "user"."age" > $1 AND "user"."name" = $2

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` WHERE `user`.`age` > ? AND `user`.`name` = ?
