-- sqlite
SELECT replace("user"."name", ?, ?) AS "x" FROM "user"

-- postgresql
SELECT replace("user"."name", $1, $2) AS "x" FROM "user"

-- mariadb
SELECT replace(`user`.`name`, CAST(? AS CHAR), CAST(? AS CHAR)) AS `x` FROM `user`
