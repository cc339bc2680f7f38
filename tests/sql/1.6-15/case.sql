-- sqlite
SELECT CASE WHEN "user"."age" < ? THEN ? WHEN "user"."age" < ? THEN ? ELSE ? END AS "x" FROM "user"

-- postgresql
SELECT CASE WHEN "user"."age" < $1 THEN $2 WHEN "user"."age" < $3 THEN $4 ELSE $5 END AS "x" FROM "user"

-- mariadb
SELECT CASE WHEN `user`.`age` < ? THEN ? WHEN `user`.`age` < ? THEN ? ELSE ? END AS `x` FROM `user`
