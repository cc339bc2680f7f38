-- sqlite
SELECT pow("user"."age", ?) AS "x" FROM "user"

-- postgresql
SELECT pow("user"."age", $1) AS "x" FROM "user"

-- mariadb
SELECT pow(`user`.`age`, ?) AS `x` FROM `user`
