-- sqlite
SELECT "j"."value" FROM json_each(?) AS "j"

-- postgresql
SELECT "j"."value" FROM json_each($1) AS "j" ("value")

-- mariadb
-- refused: the mariadb dialect has no functions in FROM
