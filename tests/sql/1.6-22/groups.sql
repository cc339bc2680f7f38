-- sqlite
SELECT sum("user"."age") OVER (ORDER BY "user"."id" GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS "x" FROM "user"

-- postgresql
SELECT sum("user"."age") OVER (ORDER BY "user"."id" GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS "x" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no windows of GROUPS

-- mssql
-- refused: the mssql dialect has no windows of GROUPS

-- oracle
-- refused: the oracle dialect has no windows of GROUPS
