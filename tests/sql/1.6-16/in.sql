-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (?, ?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" IN ($1, $2, $3)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` IN (?, ?, ?)
