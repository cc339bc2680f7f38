-- sqlite
-- refused: the sqlite dialect has no ANY (…); use in()

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" = ANY (SELECT "address"."user_id" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` = ANY (SELECT `address`.`user_id` FROM `address`)
