-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS NOT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."fullname" IS DISTINCT FROM $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (NOT (`user`.`fullname` <=> ?))

-- mssql
SELECT [user].[id] FROM [user] WHERE (NOT EXISTS (SELECT [user].[fullname] INTERSECT SELECT @p1))

-- oracle
SELECT "user"."ID" FROM "user" WHERE DECODE("user"."FULLNAME", :1, 0, 1) = 1
