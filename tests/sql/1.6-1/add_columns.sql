-- sqlite
SELECT "user"."id", "user"."age" FROM "user"

-- postgresql
SELECT "user"."id", "user"."age" FROM "user"

-- mariadb
SELECT `user`.`id`, `user`.`age` FROM `user`
