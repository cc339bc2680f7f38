-- sqlite
-- refused: the sqlite dialect has no ORDER BY within an aggregate

-- postgresql
SELECT string_agg("user"."name", ', ' ORDER BY "user"."age" DESC) AS "x" FROM "user"

-- mariadb
SELECT group_concat(`user`.`name` ORDER BY `user`.`age` DESC SEPARATOR ', ') AS `x` FROM `user`
