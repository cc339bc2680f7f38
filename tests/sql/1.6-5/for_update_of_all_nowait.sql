-- sqlite
SELECT "user"."id" FROM "user"

-- postgresql
SELECT "user"."id" FROM "user" FOR UPDATE NOWAIT

-- mariadb
SELECT `user`.`id` FROM `user` FOR UPDATE NOWAIT

-- mssql
SELECT [user].[id] FROM [user] WITH (UPDLOCK, ROWLOCK, NOWAIT)

-- oracle
SELECT "user"."ID" FROM "user" FOR UPDATE NOWAIT
