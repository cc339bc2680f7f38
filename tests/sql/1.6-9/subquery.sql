-- sqlite
SELECT "adults"."id" FROM (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > ?) AS "adults"

-- postgresql
SELECT "adults"."id" FROM (SELECT "user"."id", "user"."age" FROM "user" WHERE "user"."age" > $1) AS "adults"

-- mariadb
SELECT `adults`.`id` FROM (SELECT `user`.`id`, `user`.`age` FROM `user` WHERE `user`.`age` > ?) AS `adults`
