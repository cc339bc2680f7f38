-- sqlite
SELECT "user"."name", "address"."email" FROM "user" FULL OUTER JOIN "address" ON "address"."user_id" = "user"."id"

-- postgresql
SELECT "user"."name", "address"."email" FROM "user" FULL OUTER JOIN "address" ON "address"."user_id" = "user"."id"

-- mariadb
-- refused: the mariadb dialect has no FULL OUTER JOIN
