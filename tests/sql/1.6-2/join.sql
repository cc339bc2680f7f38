-- sqlite
SELECT "user"."name", "address"."email" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- mariadb
SELECT `user`.`name`, `address`.`email` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id`
