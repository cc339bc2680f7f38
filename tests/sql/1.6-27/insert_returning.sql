-- sqlite
INSERT INTO "address" ("email", "user_id") VALUES (?, ?), (?, ?) RETURNING "id"

-- postgresql
INSERT INTO "address" ("email", "user_id") VALUES ($1, $2), ($3, $4) RETURNING "id"

-- mariadb
INSERT INTO `address` (`email`, `user_id`) VALUES (?, ?), (?, ?) RETURNING `id`

-- mssql
INSERT INTO [address] ([email], [user_id]) OUTPUT [inserted].[id] VALUES (@p1, @p2), (@p3, @p4)

-- oracle
-- refused: the oracle dialect has no INSERT of several rows of VALUES; pass the rows to execute()
