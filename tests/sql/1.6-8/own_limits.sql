-- sqlite
SELECT * FROM (SELECT "user"."id" FROM "user" WHERE "user"."age" < ? ORDER BY "user"."id" LIMIT ?) UNION ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "id" LIMIT ?

-- postgresql
(SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 ORDER BY "user"."id" LIMIT $2) UNION ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > $3 ORDER BY "id" LIMIT $4

-- mariadb
(SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? ORDER BY `user`.`id` LIMIT ?) UNION ALL SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `id` LIMIT ?

-- mssql
SELECT * FROM (SELECT TOP (@p1) [user].[id] FROM [user] WHERE [user].[age] < @p2 ORDER BY [user].[id]) AS [anon_1] UNION ALL SELECT [user].[id] FROM [user] WHERE [user].[age] > @p3 ORDER BY [id] OFFSET 0 ROWS FETCH FIRST @p4 ROWS ONLY

-- oracle
(SELECT "user"."ID" FROM "user" WHERE "user"."AGE" < :1 ORDER BY "user"."ID" FETCH FIRST :2 ROWS ONLY) UNION ALL SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :3 ORDER BY "ID" FETCH FIRST :4 ROWS ONLY
