-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" < ? AND "user"."age" <= ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 AND "user"."age" <= $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? AND `user`.`age` <= ?

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[age] < @p1 AND [user].[age] <= @p2

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" < :1 AND "user"."AGE" <= :2
