-- sqlite
SELECT sum("user"."age") FILTER (WHERE "user"."age" > ?) OVER (PARTITION BY "user"."name") AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") FILTER (WHERE "user"."age" > $1) OVER (PARTITION BY "user"."name") AS "x" FROM "user"

-- mariadb
SELECT sum(CASE WHEN `user`.`age` > ? THEN `user`.`age` END) OVER (PARTITION BY `user`.`name`) AS `x` FROM `user`
