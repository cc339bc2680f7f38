-- sqlite
-- refused: the sqlite dialect has no WITH ORDINALITY

-- postgresql
SELECT "n"."x", "n"."place" FROM generate_series(1, 5) WITH ORDINALITY AS "n" ("x", "place")

-- mariadb
-- refused: the mariadb dialect has no functions in FROM

-- mssql
-- refused: the mssql dialect has no WITH ORDINALITY

-- oracle
-- refused: the oracle dialect has no WITH ORDINALITY
