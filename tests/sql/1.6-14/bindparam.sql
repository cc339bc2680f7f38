-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1
