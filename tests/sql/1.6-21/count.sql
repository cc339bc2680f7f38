-- sqlite
SELECT count(*) AS "x" FROM "user"

-- postgresql
SELECT count(*) AS "x" FROM "user"

-- mariadb
SELECT count(*) AS `x` FROM `user`
