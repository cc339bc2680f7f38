-- sqlite
SELECT ? AS "x" FROM "user"

-- postgresql
SELECT $1 AS "x" FROM "user"

-- mariadb
SELECT ? AS `x` FROM `user`
