-- sqlite
SELECT "user"."id", "user"."name" FROM "user" WHERE "user"."age" > ? AND "user"."name" = ?

-- postgresql
SELECT "user"."id", "user"."name" FROM "user" WHERE "user"."age" > $1 AND "user"."name" = $2

-- mariadb
SELECT `user`.`id`, `user`.`name` FROM `user` WHERE `user`.`age` > ? AND `user`.`name` = ?

-- mssql
SELECT [user].[id], [user].[name] FROM [user] WHERE [user].[age] > @p1 AND [user].[name] = @p2

-- oracle
SELECT "user"."ID", "user"."NAME" FROM "user" WHERE "user"."AGE" > :1 AND "user"."NAME" = :2
