-- sqlite
-- refused: the sqlite dialect has no INSERT, UPDATE and DELETE in WITH

-- postgresql
WITH "made" AS (INSERT INTO "user" ("name") VALUES ($1) RETURNING "id") SELECT "made"."id" FROM "made"

-- mariadb
-- refused: the mariadb dialect has no INSERT, UPDATE and DELETE in WITH

-- mssql
-- refused: the mssql dialect has no INSERT, UPDATE and DELETE in WITH

-- oracle
-- refused: the oracle dialect has no INSERT, UPDATE and DELETE in WITH
