-- sqlite
-- refused: the sqlite dialect has no types of a function's columns

-- postgresql
SELECT "r"."a", "r"."b" FROM json_to_record('{}'::json) AS "r" ("a" INTEGER, "b" VARCHAR)

-- mariadb
-- refused: the mariadb dialect has no functions in FROM

-- mssql
-- refused: the mssql dialect has no types of a function's columns

-- oracle
-- refused: the oracle dialect has no types of a function's columns
