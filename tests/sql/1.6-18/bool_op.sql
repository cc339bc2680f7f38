-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."name" LIKE ?) AND "user"."age" > ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."name" LIKE $1) AND "user"."age" > $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`name` LIKE ?) AND `user`.`age` > ?
