-- sqlite
-- refused: the sqlite dialect has no INSERT, UPDATE and DELETE in WITH

-- postgresql
WITH "gone" AS (DELETE FROM "user" WHERE "user"."age" > $1 RETURNING "user"."id") SELECT "gone"."id" FROM "gone"

-- mariadb
-- refused: the mariadb dialect has no INSERT, UPDATE and DELETE in WITH

-- mssql
-- refused: the mssql dialect has no INSERT, UPDATE and DELETE in WITH

-- oracle
-- refused: the oracle dialect has no INSERT, UPDATE and DELETE in WITH
