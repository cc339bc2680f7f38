-- sqlite
-- refused: the sqlite dialect has no WITHIN GROUP

-- postgresql
SELECT mode() WITHIN GROUP (ORDER BY "user"."age") AS "x" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no WITHIN GROUP

-- mssql
-- refused: the mssql dialect has no WITHIN GROUP

-- oracle
SELECT STATS_MODE("user") AS "X" FROM "user"
