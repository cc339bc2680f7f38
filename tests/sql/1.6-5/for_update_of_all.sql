-- sqlite
SELECT "user"."id" FROM "user"

-- postgresql
SELECT "user"."id" FROM "user" FOR UPDATE

-- mariadb
SELECT `user`.`id` FROM `user` FOR UPDATE

-- mssql
SELECT [user].[id] FROM [user] WITH (UPDLOCK, ROWLOCK)

-- oracle
SELECT "user"."ID" FROM "user" FOR UPDATE
