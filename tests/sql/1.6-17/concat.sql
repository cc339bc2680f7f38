-- sqlite
SELECT "user"."name" || ? AS "x" FROM "user"

-- postgresql
SELECT "user"."name" || $1 AS "x" FROM "user"

-- mariadb
SELECT CONCAT(`user`.`name`, ?) AS `x` FROM `user`
