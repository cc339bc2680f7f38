-- sqlite
SELECT length("user"."name") AS "x" FROM "user"

-- postgresql
SELECT char_length("user"."name") AS "x" FROM "user"

-- mariadb
SELECT char_length(`user`.`name`) AS `x` FROM `user`
