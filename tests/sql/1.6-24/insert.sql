-- sqlite
INSERT INTO "address" ("email", "user_id") VALUES (?, ?)

-- postgresql
INSERT INTO "address" ("email", "user_id") VALUES ($1, $2) RETURNING "id"

-- mariadb
INSERT INTO `address` (`email`, `user_id`) VALUES (?, ?) RETURNING `id`

-- mssql
INSERT INTO [address] ([email], [user_id]) OUTPUT [inserted].[id] VALUES (@p1, @p2)

-- oracle
INSERT INTO "ADDRESS" ("EMAIL", "USER_ID") VALUES (:1, :2) RETURNING "ID" INTO :ret_0
