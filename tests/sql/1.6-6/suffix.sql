-- sqlite
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* end */

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* end */

-- mariadb
SELECT `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id` /* end */
