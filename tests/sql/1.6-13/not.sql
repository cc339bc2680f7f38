-- sqlite
SELECT "user"."id" FROM "user" WHERE NOT ("user"."id" = ? AND "user"."age" > ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE NOT ("user"."id" = $1 AND "user"."age" > $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE NOT (`user`.`id` = ? AND `user`.`age` > ?)

-- mssql
SELECT [user].[id] FROM [user] WHERE NOT ([user].[id] = @p1 AND [user].[age] > @p2)

-- oracle
SELECT "user"."ID" FROM "user" WHERE NOT ("user"."ID" = :1 AND "user"."AGE" > :2)
