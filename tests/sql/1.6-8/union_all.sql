-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" < ? UNION ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 UNION ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? UNION ALL SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?
