-- sqlite
SELECT count(DISTINCT "user"."age") AS "x" FROM "user"

-- postgresql
SELECT count(DISTINCT "user"."age") AS "x" FROM "user"

-- mariadb
SELECT count(DISTINCT `user`.`age`) AS `x` FROM `user`
