-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" NOT IN (?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" NOT IN ($1, $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` NOT IN (?, ?)
