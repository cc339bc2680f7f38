-- sqlite
SELECT "user"."name", "address"."email" FROM "user" FULL OUTER JOIN "address" ON "address"."user_id" = "user"."id"

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" FULL OUTER JOIN "address" ON "address"."user_id" = "user"."id"

-- mariadb
-- refused: the mariadb dialect has no FULL OUTER JOIN

-- mssql
SELECT [user].[name], [address].[email] FROM [user] FULL OUTER JOIN [address] ON [address].[user_id] = [user].[id]

-- oracle
SELECT "user"."NAME", "ADDRESS"."EMAIL" FROM "user" FULL OUTER JOIN "ADDRESS" ON "ADDRESS"."USER_ID" = "user"."ID"
