-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NOT DISTINCT FROM $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`fullname` <=> ?

-- mssql
SELECT [user].[id] FROM [user] WHERE (EXISTS (SELECT [user].[fullname] INTERSECT SELECT @p1))

-- oracle
SELECT "user"."ID" FROM "user" WHERE DECODE("user"."FULLNAME", :1, 0, 1) = 0
