-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."name" LIMIT ? OFFSET ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."name" LIMIT $2 OFFSET $3

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`name` LIMIT ? OFFSET ?

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1 ORDER BY [user].[name] OFFSET @p2 ROWS FETCH FIRST @p3 ROWS ONLY

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 ORDER BY "user"."NAME" OFFSET :2 ROWS FETCH FIRST :3 ROWS ONLY
