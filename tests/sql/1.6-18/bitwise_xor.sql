-- sqlite
SELECT (("user"."age" | ?) - ("user"."age" & ?)) AS "x" FROM "user"

-- postgresql
SELECT "user"."age" # $1 AS "x" FROM "user"

-- mariadb
SELECT CAST(`user`.`age` ^ ? AS SIGNED) AS `x` FROM `user`
