-- sqlite
SELECT rank() OVER (PARTITION BY "user"."name" ORDER BY "user"."age" DESC) AS "x" FROM "user"

-- postgresql
SELECT rank() OVER (PARTITION BY "user"."name" ORDER BY "user"."age" DESC) AS "x" FROM "user"

-- mariadb
SELECT rank() OVER (PARTITION BY `user`.`name` ORDER BY `user`.`age` DESC) AS `x` FROM `user`
