-- sqlite
SELECT row_number() OVER () AS "x" FROM "user"

-- postgresql
SELECT row_number() OVER () AS "x" FROM "user"

-- mariadb
SELECT row_number() OVER () AS `x` FROM `user`
