-- sqlite
SELECT "user"."id", "n"."x" FROM "user" JOIN generate_series(?, "user"."age") AS "n" ON 1

-- postgresql
SELECT "user"."id", "n"."x" FROM "user" JOIN LATERAL generate_series($1, "user"."age") AS "n" ("x") ON TRUE

-- mariadb
-- refused: the mariadb dialect has no functions in FROM
