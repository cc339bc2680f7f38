-- sqlite
-- refused: the sqlite dialect has no INSERT, UPDATE and DELETE in WITH

-- postgresql
WITH "gone" AS (DELETE FROM "user" WHERE "user"."age" > $1 RETURNING "user"."id") SELECT "user"."id" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no INSERT, UPDATE and DELETE in WITH

-- mssql
-- refused: the mssql dialect has no INSERT, UPDATE and DELETE in WITH

-- oracle
-- refused: the oracle dialect has no INSERT, UPDATE and DELETE in WITH
