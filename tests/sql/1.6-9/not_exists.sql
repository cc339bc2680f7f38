-- sqlite
SELECT "user"."id" FROM "user" WHERE NOT EXISTS (SELECT "address"."id" FROM "address" WHERE "address"."user_id" = "user"."id")

-- postgresql
SELECT "user"."id" FROM "user" WHERE NOT EXISTS (SELECT "address"."id" FROM "address" WHERE "address"."user_id" = "user"."id")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE NOT EXISTS (SELECT `address`.`id` FROM `address` WHERE `address`.`user_id` = `user`.`id`)
