-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."name" LIKE ?) AND "user"."age" > ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."name" LIKE $1) AND "user"."age" > $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`name` LIKE ?) AND `user`.`age` > ?

-- mssql
SELECT [user].[id] FROM [user] WHERE ([user].[name] LIKE @p1) AND [user].[age] > @p2

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."NAME" LIKE :1) AND "user"."AGE" > :2
