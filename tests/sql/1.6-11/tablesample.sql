-- sqlite
-- refused: the sqlite dialect has no TABLESAMPLE

-- postgresql
SELECT "s"."id" FROM "user" AS "s" TABLESAMPLE bernoulli($1) REPEATABLE ($2)

-- mariadb
-- refused: the mariadb dialect has no TABLESAMPLE

-- mssql
-- refused: the mssql dialect has no TABLESAMPLE

-- oracle
-- refused: the oracle dialect has no TABLESAMPLE
