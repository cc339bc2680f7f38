-- sqlite
SELECT "user"."age" | ("user"."age" + ?) AS "x" FROM "user"

-- postgresql
SELECT "user"."age" | ("user"."age" + $1) AS "x" FROM "user"

-- mariadb
SELECT `user`.`age` | (`user`.`age` + ?) AS `x` FROM `user`
