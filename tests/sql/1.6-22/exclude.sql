-- sqlite
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") OVER (ORDER BY "user"."id" ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS "x" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no EXCLUDE in windows

-- mssql
-- refused: the mssql dialect has no EXCLUDE in windows

-- oracle
-- refused: the oracle dialect has no EXCLUDE in windows
