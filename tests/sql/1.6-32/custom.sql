-- sqlite
SELECT ("user"."age" + ? * 2) AS "x" FROM "user"

-- postgresql
SELECT ("user"."age" + $1 * 2) AS "x" FROM "user"

-- mariadb
SELECT (2 * `user`.`age` + ?) AS `x` FROM `user`
