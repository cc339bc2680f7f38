-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."age" LIMIT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."age" FETCH FIRST $2 ROWS ONLY

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`age` FETCH FIRST ? ROWS ONLY

-- mssql
SELECT TOP (@p1) [user].[id] FROM [user] WHERE [user].[age] > @p2 ORDER BY [user].[age]

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 ORDER BY "user"."AGE" FETCH FIRST :2 ROWS ONLY
