-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? AND "user"."age" >= ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 AND "user"."age" >= $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? AND `user`.`age` >= ?
