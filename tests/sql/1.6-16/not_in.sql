-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" NOT IN (?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" NOT IN ($1, $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` NOT IN (?, ?)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] NOT IN (@p1, @p2)

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" NOT IN (:1, :2)
