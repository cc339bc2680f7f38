-- sqlite
SELECT "user"."name", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "n" FROM "user"

-- postgresql
SELECT "user"."name", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "n" FROM "user"

-- mariadb
SELECT `user`.`name`, (SELECT count(`address`.`id`) AS `count_1` FROM `address` WHERE `address`.`user_id` = `user`.`id`) AS `n` FROM `user`
