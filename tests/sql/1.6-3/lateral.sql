-- sqlite
-- refused: the sqlite dialect has no LATERAL

-- postgresql
SELECT "user"."name", "newest"."email" FROM "user" JOIN LATERAL (SELECT "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id" ORDER BY "address"."id" DESC LIMIT $1) AS "newest" ON TRUE

-- mariadb
-- refused: the mariadb dialect has no LATERAL

-- mssql
-- refused: the mssql dialect has no LATERAL

-- oracle
SELECT "user"."NAME", "NEWEST"."EMAIL" FROM "user" JOIN LATERAL (SELECT "ADDRESS"."EMAIL" FROM "ADDRESS" WHERE "ADDRESS"."USER_ID" = "user"."ID" ORDER BY "ADDRESS"."ID" DESC FETCH FIRST :1 ROWS ONLY) "NEWEST" ON 1 = 1
