-- sqlite
-- refused: the sqlite dialect has no WITHIN GROUP

-- postgresql
SELECT percentile_cont($1) WITHIN GROUP (ORDER BY "user"."age") AS "x" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no WITHIN GROUP
