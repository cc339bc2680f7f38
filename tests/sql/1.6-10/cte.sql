-- sqlite
WITH "adults" AS (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > ?) SELECT "adults"."id" FROM "adults" WHERE "adults"."age" < ?

-- postgresql
WITH "adults" AS (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > $1) SELECT "adults"."id" FROM "adults" WHERE "adults"."age" < $2

-- mariadb
WITH `adults` AS (SELECT `user`.`id`, `user`.`age` FROM `user` WHERE `user`.`age` > ?) SELECT `adults`.`id` FROM `adults` WHERE `adults`.`age` < ?
