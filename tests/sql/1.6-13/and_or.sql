-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id" = ? OR "user"."id" = ?) AND ("user"."age" > ? OR "user"."age" < ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id" = $1 OR "user"."id" = $2) AND ("user"."age" > $3 OR "user"."age" < $4)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id` = ? OR `user`.`id` = ?) AND (`user`.`age` > ? OR `user`.`age` < ?)

-- mssql
SELECT [user].[id] FROM [user] WHERE ([user].[id] = @p1 OR [user].[id] = @p2) AND ([user].[age] > @p3 OR [user].[age] < @p4)

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."ID" = :1 OR "user"."ID" = :2) AND ("user"."AGE" > :3 OR "user"."AGE" < :4)
