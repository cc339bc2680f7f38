-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."age" LIMIT ? OFFSET ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."age" OFFSET $2 ROWS FETCH FIRST $3 ROWS ONLY

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`age` OFFSET ? ROWS FETCH FIRST ? ROWS ONLY

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1 ORDER BY [user].[age] OFFSET @p2 ROWS FETCH FIRST @p3 ROWS ONLY

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 ORDER BY "user"."AGE" OFFSET :2 ROWS FETCH FIRST :3 ROWS ONLY
