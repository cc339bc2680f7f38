-- sqlite
SELECT "user"."id" FROM "user"

-- postgresql
SELECT "user"."id" FROM "user" FOR UPDATE SKIP LOCKED

-- mariadb
SELECT `user`.`id` FROM `user` FOR UPDATE SKIP LOCKED

-- mssql
SELECT [user].[id] FROM [user] WITH (UPDLOCK, ROWLOCK, READPAST)

-- oracle
SELECT "user"."ID" FROM "user" FOR UPDATE SKIP LOCKED
