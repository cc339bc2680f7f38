-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."id" LIMIT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."id" LIMIT $2 FOR SHARE

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`id` LIMIT ? LOCK IN SHARE MODE
