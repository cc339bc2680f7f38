-- sqlite
SELECT * FROM (SELECT "user"."id" FROM "user" WHERE "user"."age" < ? ORDER BY "user"."id" LIMIT ?) UNION ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "id" LIMIT ?

-- postgresql
(SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 ORDER BY "user"."id" LIMIT $2) UNION ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > $3 ORDER BY "id" LIMIT $4

-- mariadb
(SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? ORDER BY `user`.`id` LIMIT ?) UNION ALL SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `id` LIMIT ?
