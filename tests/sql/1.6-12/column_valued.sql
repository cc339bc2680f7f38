-- sqlite
SELECT "n"."n" FROM generate_series(?, ?) AS "n"

-- postgresql
SELECT "n"."n" FROM generate_series($1, $2) AS "n"

-- mariadb
-- refused: the mariadb dialect has no functions in FROM
