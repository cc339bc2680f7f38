-- sqlite
INSERT INTO "address" ("email", "user_id") VALUES (?, ?), (?, ?) RETURNING "id"

-- postgresql
INSERT INTO "address" ("email", "user_id") VALUES ($1, $2), ($3, $4) RETURNING "id"

-- mariadb
INSERT INTO `address` (`email`, `user_id`) VALUES (?, ?), (?, ?) RETURNING `id`
