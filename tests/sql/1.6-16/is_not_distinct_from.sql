-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NOT DISTINCT FROM $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`fullname` <=> ?
