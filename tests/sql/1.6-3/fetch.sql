-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."age" LIMIT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."age" FETCH FIRST $2 ROWS ONLY

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`age` FETCH FIRST ? ROWS ONLY
