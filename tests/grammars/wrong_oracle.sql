-- SPDX-License-Identifier: MIT
-- What is no SQL of Oracle's: each paragraph is one text, below what is wrong with it.

-- no FROM, before 23
SELECT 1

-- no SELECT list
SELECT FROM "T"

-- a comma too many
SELECT "A", FROM "T"

-- AS before the name of a table
SELECT "A" FROM "T" AS "B"

-- AS before the name of a subquery
SELECT "A" FROM (SELECT "A" FROM "T") AS "B"

-- LIMIT is other databases'
SELECT "A" FROM "T" LIMIT 5

-- LIMIT and OFFSET
SELECT "A" FROM "T" LIMIT :1 OFFSET :2

-- TOP
SELECT TOP 5 "A" FROM "T"

-- OFFSET without ROWS
SELECT "A" FROM "T" OFFSET 5

-- FETCH without ROWS ONLY
SELECT "A" FROM "T" FETCH FIRST 5

-- RETURNING with a name
INSERT INTO "T" ("A") VALUES (1) RETURNING "ID" AS "X" INTO :ret_0

-- OUTPUT
DELETE FROM "T" OUTPUT "DELETED"."ID" WHERE "A" = 1

-- several rows of VALUES, before 23
INSERT INTO "T" ("A") VALUES (1), (2)

-- DEFAULT VALUES
INSERT INTO "T" DEFAULT VALUES

-- no columns and no values
INSERT INTO "T" () VALUES ()

-- ON CONFLICT
INSERT INTO "T" ("A") VALUES (1) ON CONFLICT DO NOTHING

-- WITH before INSERT
WITH "C" AS (SELECT 1 AS "A" FROM DUAL) INSERT INTO "T" ("A") SELECT "A" FROM "C"

-- WITH before UPDATE
WITH "C" AS (SELECT 1 AS "A" FROM DUAL) UPDATE "T" SET "A" = 1

-- FROM in UPDATE
UPDATE "T" SET "A" = 1 FROM "B" WHERE "T"."ID" = "B"."ID"

-- USING of other tables
DELETE FROM "T" USING "B" WHERE "T"."ID" = "B"."ID"

-- tables listed in UPDATE
UPDATE "T", "B" SET "A" = 1

-- FOR SHARE
SELECT "A" FROM "T" FOR SHARE

-- FOR UPDATE OF without columns
SELECT "A" FROM "T" FOR UPDATE OF NOWAIT

-- EXCEPT ALL
SELECT "A" FROM "T" EXCEPT ALL SELECT "A" FROM "B"

-- MINUS ALL
SELECT "A" FROM "T" MINUS ALL SELECT "A" FROM "B"

-- WITH RECURSIVE
WITH RECURSIVE "R" ("A") AS (SELECT 1 FROM DUAL) SELECT "A" FROM "R"

-- backticks
SELECT `A` FROM `T`

-- brackets
SELECT [A] FROM [T]

-- a placeholder with a number in PostgreSQL's way
SELECT "A" FROM "T" WHERE "A" = $1

-- PostgreSQL's cast
SELECT "A"::int FROM "T"

-- IS DISTINCT FROM
SELECT "A" FROM "T" WHERE "A" IS DISTINCT FROM 3

-- the operator %
SELECT "A" % 3 FROM "T"

-- IN over nothing
SELECT "A" FROM "T" WHERE "A" IN ()

-- a bracket that is not closed
SELECT "A" FROM "T" WHERE ("A" = 1

-- a text that is not closed
SELECT "A" FROM "T" WHERE "A" = 'x

-- a name that is not closed
SELECT "A FROM T

-- ON UPDATE
CREATE TABLE "T" ("A" NUMBER(10), FOREIGN KEY ("A") REFERENCES "B" ("ID") ON UPDATE CASCADE)

-- CREATE TABLE IF NOT EXISTS, before 23
CREATE TABLE IF NOT EXISTS "T" ("A" NUMBER(10))

-- DROP TABLE IF EXISTS, before 23
DROP TABLE IF EXISTS "T"

-- AUTO_INCREMENT
CREATE TABLE "T" ("A" NUMBER(10) AUTO_INCREMENT)
