-- sqlite
SELECT "user"."name", "address"."email" FROM "user" CROSS JOIN "address"

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" CROSS JOIN "address"

-- mariadb
SELECT `user`.`name`, `address`.`email` FROM `user` CROSS JOIN `address`
