-- sqlite
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* the plan */

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" /* the plan */

-- mariadb
SELECT `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id` /* the plan */
