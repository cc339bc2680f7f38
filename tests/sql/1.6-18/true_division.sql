-- sqlite
SELECT "user"."age" / (? + 0.0) AS "x" FROM "user"

-- postgresql
SELECT "user"."age" / CAST($1 AS DOUBLE PRECISION) AS "x" FROM "user"

-- mariadb
SELECT `user`.`age` / CAST(? AS DOUBLE) AS `x` FROM `user`
