-- sqlite
SELECT "user"."age" FROM "user"

-- postgresql
SELECT "user"."age" FROM "user"

-- mariadb
SELECT `user`.`age` FROM `user`
