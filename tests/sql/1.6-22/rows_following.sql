-- sqlite
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING) AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING) AS "x" FROM "user"

-- mariadb
SELECT sum(`user`.`age`) OVER (ORDER BY `user`.`id` ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING) AS `x` FROM `user`
