-- sqlite
SELECT lag("user"."age", ?, ?) OVER (ORDER BY "user"."id") AS "x" FROM "user"

-- postgresql
SELECT lag("user"."age", $1, $2) OVER (ORDER BY "user"."id") AS "x" FROM "user"

-- mariadb
SELECT lag(`user`.`age`, ?, ?) OVER (ORDER BY `user`.`id`) AS `x` FROM `user`
