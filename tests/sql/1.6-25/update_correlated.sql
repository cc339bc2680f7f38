-- sqlite
UPDATE "user" SET "name" = coalesce((SELECT "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id" LIMIT ?), ?)

-- postgresql
UPDATE "user" SET "name" = coalesce((SELECT "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id" LIMIT $1), $2)

-- mariadb
UPDATE `user` SET `name` = coalesce((SELECT `address`.`email` FROM `address` WHERE `address`.`user_id` = `user`.`id` LIMIT ?), CAST(? AS CHAR))
