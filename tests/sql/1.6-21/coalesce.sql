-- sqlite
SELECT coalesce("user"."fullname", ?) AS "x" FROM "user"

-- postgresql
SELECT coalesce("user"."fullname", $1) AS "x" FROM "user"

-- mariadb
SELECT coalesce(`user`.`fullname`, CAST(? AS CHAR)) AS `x` FROM `user`
