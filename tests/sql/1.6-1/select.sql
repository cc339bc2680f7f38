-- sqlite
SELECT "user"."id", "user"."name" FROM "user"

-- postgresql
SELECT "user"."id", "user"."name" FROM "user"

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user`
