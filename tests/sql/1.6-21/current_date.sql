-- sqlite
SELECT current_date AS "x" FROM "user"

-- postgresql
SELECT current_date AS "x" FROM "user"

-- mariadb
SELECT current_date AS `x` FROM `user`
