-- sqlite
SELECT CASE WHEN "user"."age" < ? THEN ? END AS "x" FROM "user"

-- postgresql
SELECT CASE WHEN "user"."age" < $1 THEN $2 END AS "x" FROM "user"

-- mariadb
SELECT CASE WHEN `user`.`age` < ? THEN ? END AS `x` FROM `user`
