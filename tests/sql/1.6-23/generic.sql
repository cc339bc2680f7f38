-- sqlite
SELECT lower("user"."name") AS "x" FROM "user"

-- postgresql
SELECT lower("user"."name") AS "x" FROM "user"

-- mariadb
SELECT lower(`user`.`name`) AS `x` FROM `user`
