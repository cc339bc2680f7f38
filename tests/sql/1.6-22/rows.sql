-- sqlite
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS "x" FROM "user"

-- mariadb
SELECT sum(`user`.`age`) OVER (ORDER BY `user`.`id` ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS `x` FROM `user`
