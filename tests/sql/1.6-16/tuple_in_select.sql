-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT "address"."user_id", "address"."email" FROM "address")

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT "address"."user_id", "address"."email" FROM "address")

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) IN (SELECT `address`.`user_id`, `address`.`email` FROM `address`)

-- mssql
-- refused: the mssql dialect has no tuples; compare their members

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."ID", "user"."NAME") IN (SELECT "ADDRESS"."USER_ID", "ADDRESS"."EMAIL" FROM "ADDRESS")
