-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" < ? EXCEPT SELECT "user"."id" FROM "user" WHERE "user"."age" > ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 EXCEPT SELECT "user"."id" FROM "user" WHERE "user"."age" > $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? EXCEPT SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?
