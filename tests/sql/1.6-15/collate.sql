-- sqlite
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "NOCASE" DESC

-- postgresql
SELECT "user"."id" FROM "user" ORDER BY "user"."name" COLLATE "NOCASE" DESC

-- mariadb
SELECT `user`.`id` FROM `user` ORDER BY `user`.`name` COLLATE `NOCASE` DESC
