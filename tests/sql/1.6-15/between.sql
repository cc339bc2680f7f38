-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" BETWEEN ? AND ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" BETWEEN $1 AND $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` BETWEEN ? AND ?
