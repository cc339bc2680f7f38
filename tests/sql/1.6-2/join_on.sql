-- sqlite
SELECT "user"."name", "address"."email" FROM "user" JOIN "address" ON "address"."user_id" = "user"."id" + ?

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" JOIN "address" ON "address"."user_id" = "user"."id" + $1

-- mariadb
SELECT `user`.`name`, `address`.`email` FROM `user` JOIN `address` ON `address`.`user_id` = `user`.`id` + ?
