-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" & ? = ("user"."id" + ?) | ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" & $1 = ("user"."id" + $2) | $3

-- mariadb
SELECT `user`.`id` FROM `user` WHERE CAST(`user`.`age` & ? AS SIGNED) = CAST((`user`.`id` + ?) | ? AS SIGNED)
