-- sqlite
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."fullname" DESC NULLS LAST

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" ORDER BY "user"."fullname" DESC NULLS LAST

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` ORDER BY `user`.`fullname` DESC
