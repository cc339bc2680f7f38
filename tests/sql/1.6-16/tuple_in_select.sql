-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT "address"."user_id", "address"."email" FROM "address")

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT "address"."user_id", "address"."email" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) IN (SELECT `address`.`user_id`, `address`.`email` FROM `address`)
