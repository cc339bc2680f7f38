-- sqlite
-- refused: the sqlite dialect has no column_valued(); name the function's column with table_valued()

-- postgresql
SELECT "n"."n" FROM generate_series(1, 5) AS "n"

-- mariadb
-- refused: the mariadb dialect has no functions in FROM

-- mssql
SELECT [n].[n] FROM generate_series(1, 5) AS [n]

-- oracle
-- refused: the oracle dialect has no functions in FROM as columns
