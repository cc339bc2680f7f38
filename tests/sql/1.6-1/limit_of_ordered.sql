-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."name" LIMIT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."name" LIMIT $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`name` LIMIT ?

-- mssql
SELECT TOP (@p1) [user].[id] FROM [user] WHERE [user].[age] > @p2 ORDER BY [user].[name]

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 ORDER BY "user"."NAME" FETCH FIRST :2 ROWS ONLY
