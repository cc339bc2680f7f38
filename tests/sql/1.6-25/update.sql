-- sqlite
UPDATE "user" SET "age" = "user"."age" + ? WHERE "user"."id" = ?

-- postgresql
UPDATE "user" SET "age" = "user"."age" + $1 WHERE "user"."id" = $2

-- mariadb
UPDATE `user` SET `age` = `user`.`age` + ? WHERE `user`.`id` = ?
