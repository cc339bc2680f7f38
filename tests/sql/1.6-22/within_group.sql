-- sqlite
-- refused: the sqlite dialect has no WITHIN GROUP

-- postgresql
SELECT percentile_cont($1) WITHIN GROUP (ORDER BY "user"."age") AS "x" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no WITHIN GROUP

-- mssql
-- refused: the mssql dialect has no WITHIN GROUP

-- oracle
SELECT percentile_cont(:1) WITHIN GROUP (ORDER BY "user"."AGE") AS "X" FROM "user"
