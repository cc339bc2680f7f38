-- sqlite
-- refused: the sqlite dialect has no LATERAL

-- postgresql
SELECT "user"."name", "newest"."email" FROM "user" JOIN LATERAL (SELECT "address"."email" FROM "address" WHERE "address"."user_id" = "user"."id" ORDER BY "address"."id" DESC LIMIT $1) AS "newest" ON TRUE

-- mariadb
-- refused: the mariadb dialect has no LATERAL
