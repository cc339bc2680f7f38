-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NOT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS DISTINCT FROM $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (NOT (`user`.`fullname` <=> ?))
