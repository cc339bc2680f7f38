-- sqlite
SELECT sum("user"."age") + max("user"."age") AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") + max("user"."age") AS "x" FROM "user"

-- mariadb
SELECT sum(`user`.`age`) + max(`user`.`age`) AS `x` FROM `user`
