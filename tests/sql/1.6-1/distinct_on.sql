-- sqlite
-- refused: the sqlite dialect has no DISTINCT ON; number the rows with row_number() and keep the first

-- postgresql
SELECT DISTINCT ON ("user"."age", "user"."name") "user"."id", "user"."name" FROM "user" ORDER BY "user"."age", "user"."name"

-- mariadb
-- refused: the mariadb dialect has no DISTINCT ON; number the rows with row_number() and keep the first

-- mssql
-- refused: the mssql dialect has no DISTINCT ON; number the rows with row_number() and keep the first

-- oracle
-- refused: the oracle dialect has no DISTINCT ON; number the rows with row_number() and keep the first
