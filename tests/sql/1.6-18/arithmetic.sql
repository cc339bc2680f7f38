-- sqlite
SELECT ("user"."age" + ?) * ? - "user"."age" % ? AS "x" FROM "user"

-- postgresql
SELECT ("user"."age" + $1) * $2 - "user"."age" % $3 AS "x" FROM "user"

-- mariadb
SELECT (`user`.`age` + ?) * ? - `user`.`age` % ? AS `x` FROM `user`
