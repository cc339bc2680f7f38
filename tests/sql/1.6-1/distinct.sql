-- sqlite
SELECT DISTINCT "user"."id", "user"."name" FROM "user"

-- postgresql
SELECT DISTINCT "user"."id", "user"."name" FROM "user"

-- mariadb
SELECT DISTINCT `user`.`id`, `user`.`name` FROM `user`
