-- sqlite
SELECT current_user AS "x" FROM "user"

-- postgresql
SELECT current_user AS "x" FROM "user"

-- mariadb
SELECT current_user AS `x` FROM `user`
