-- sqlite
INSERT INTO "address" ("email", "user_id") VALUES (?, ?) RETURNING "id", "email"

-- postgresql
INSERT INTO "address" ("email", "user_id") VALUES ($1, $2) RETURNING "id", "email"

-- mariadb
INSERT INTO `address` (`email`, `user_id`) VALUES (?, ?) RETURNING `id`, `email`

-- mssql
INSERT INTO [address] ([email], [user_id]) OUTPUT [inserted].[id], [inserted].[email] VALUES (@p1, @p2)

-- oracle
INSERT INTO "ADDRESS" ("EMAIL", "USER_ID") VALUES (:1, :2) RETURNING "ID", "EMAIL" INTO :ret_0, :ret_1
