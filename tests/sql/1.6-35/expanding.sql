-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" IN ($1, $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` IN (?, ?)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] IN (@p1, @p2)

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" IN (:1, :2)
