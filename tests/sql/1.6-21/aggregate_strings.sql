-- sqlite
SELECT group_concat("user"."name", ', ') AS "x" FROM "user"

-- postgresql
SELECT string_agg("user"."name", ', ') AS "x" FROM "user"

-- mariadb
SELECT group_concat(`user`.`name` SEPARATOR ', ') AS `x` FROM `user`
