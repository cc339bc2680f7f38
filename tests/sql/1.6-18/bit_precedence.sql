-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" & ? = ("user"."id" + ?) | ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" & $1 = ("user"."id" + $2) | $3

-- mariadb
SELECT `user`.`id` FROM `user` WHERE CAST(`user`.`age` & ? AS SIGNED) = CAST((`user`.`id` + ?) | ? AS SIGNED)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[age] & @p1 = ([user].[id] + @p2) | @p3

-- oracle
SELECT "user"."ID" FROM "user" WHERE BITAND("user"."AGE", :1) = (("user"."ID" + :2) + :3 - BITAND("user"."ID" + :4, :5))
