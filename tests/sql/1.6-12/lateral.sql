-- sqlite
SELECT "user"."id", "j"."key" FROM "user" JOIN json_each(CAST("user"."name" AS TEXT)) AS "j" ON 1

-- postgresql
SELECT "user"."id", "j"."key" FROM "user" JOIN LATERAL json_each(CAST("user"."name" AS JSON)) AS "j" ("key", "value") ON TRUE

-- mariadb
-- refused: the mariadb dialect has no functions in FROM

-- mssql
-- refused: the mssql dialect has no LATERAL

-- oracle
SELECT "user"."ID", "J"."KEY" FROM "user" JOIN TABLE(json_each(TO_CLOB("user"."NAME"))) "J" ON 1 = 1
