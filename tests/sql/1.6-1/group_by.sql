-- sqlite
SELECT "user"."age", count(*) AS "count_1" FROM "user" GROUP BY "user"."age" HAVING count(*) > ?

-- postgresql
SELECT "user"."age", count(*) AS "count_1" FROM "user" GROUP BY "user"."age" HAVING count(*) > $1

-- mariadb
SELECT `user`.`age`, count(*) AS `count_1` FROM `user` GROUP BY `user`.`age` HAVING count(*) > ?
