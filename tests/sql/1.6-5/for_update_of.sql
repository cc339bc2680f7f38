-- sqlite
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id"

-- postgresql
SELECT "user"."id" FROM "user" JOIN "address" ON "user"."id" = "address"."user_id" FOR UPDATE OF "user"

-- mariadb
SELECT `user`.`id` FROM `user` JOIN `address` ON `user`.`id` = `address`.`user_id` FOR UPDATE
