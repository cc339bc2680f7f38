-- sqlite
SELECT "user"."age" + ? AS "x" FROM "user"

-- postgresql
SELECT "user"."age" + $1 AS "x" FROM "user"

-- mariadb
SELECT `user`.`age` + ? AS `x` FROM `user`
