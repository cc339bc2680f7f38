-- sqlite
SELECT * FROM (SELECT "user"."id" FROM "user" WHERE "user"."age" < ? INTERSECT SELECT "user"."id" FROM "user" WHERE "user"."age" > ?) UNION SELECT "user"."id" FROM "user" WHERE "user"."age" > ?

-- postgresql
(SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 INTERSECT SELECT "user"."id" FROM "user" WHERE "user"."age" > $2) UNION SELECT "user"."id" FROM "user" WHERE "user"."age" > $3

-- mariadb
(SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? INTERSECT SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?) UNION SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?

-- mssql
(SELECT [user].[id] FROM [user] WHERE [user].[age] < @p1 INTERSECT SELECT [user].[id] FROM [user] WHERE [user].[age] > @p2) UNION SELECT [user].[id] FROM [user] WHERE [user].[age] > @p3

-- oracle
(SELECT "user"."ID" FROM "user" WHERE "user"."AGE" < :1 INTERSECT SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :2) UNION SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :3
