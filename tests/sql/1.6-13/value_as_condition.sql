-- sqlite
SELECT "user"."id" FROM "user" WHERE coalesce("user"."age" > ?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE coalesce("user"."age" > $1, $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE coalesce(`user`.`age` > ?, ?)

-- mssql
SELECT [user].[id] FROM [user] WHERE coalesce(CASE WHEN [user].[age] > @p1 THEN 1 WHEN NOT ([user].[age] > @p2) THEN 0 END, @p3) = 1

-- oracle
SELECT "user"."ID" FROM "user" WHERE coalesce(CASE WHEN "user"."AGE" > :1 THEN 1 WHEN NOT ("user"."AGE" > :2) THEN 0 END, :3) = 1
