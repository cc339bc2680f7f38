-- sqlite
WITH "ids" AS (SELECT "user"."id" FROM "user" WHERE "user"."age" > ?) DELETE FROM "address" WHERE "address"."user_id" IN (SELECT "ids"."id" FROM "ids")

-- postgresql
WITH "ids" AS (SELECT "user"."id" FROM "user" WHERE "user"."age" > $1) DELETE FROM "address" WHERE "address"."user_id" IN (SELECT "ids"."id" FROM "ids")

-- mariadb
-- refused: the mariadb dialect has no WITH before UPDATE or DELETE; use a subquery

-- mssql
WITH [ids] AS (SELECT [user].[id] FROM [user] WHERE [user].[age] > @p1) DELETE FROM [address] WHERE [address].[user_id] IN (SELECT [ids].[id] FROM [ids])

-- oracle
-- refused: the oracle dialect has no WITH before UPDATE or DELETE; use a subquery
