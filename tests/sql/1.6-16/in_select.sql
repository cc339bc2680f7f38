-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "address"."user_id" FROM "address")

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT "address"."user_id" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` IN (SELECT `address`.`user_id` FROM `address`)
