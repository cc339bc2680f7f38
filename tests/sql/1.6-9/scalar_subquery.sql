-- sqlite
SELECT "user"."id", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "mails" FROM "user"

-- postgresql
SELECT "user"."id", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "mails" FROM "user"

-- mariadb
SELECT `user`.`id`, (SELECT count(`address`.`id`) AS `count_1` FROM `address` WHERE `address`.`user_id` = `user`.`id`) AS `mails` FROM `user`
