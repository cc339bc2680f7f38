-- sqlite
UPDATE "user" SET "name" = "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id"

-- postgresql
UPDATE "user" SET "name" = "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id"

-- mariadb
UPDATE `user`, `address` SET `user`.`name` = `address`.`email` WHERE `address`.`user_id` = `user`.`id`
