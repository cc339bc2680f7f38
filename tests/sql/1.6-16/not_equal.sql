-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" != ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" != $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` != ?
