-- sqlite
INSERT INTO "address" ("email", "user_id") VALUES (?, ?) ON CONFLICT DO NOTHING

-- postgresql
INSERT INTO "address" ("email", "user_id") VALUES ($1, $2) ON CONFLICT DO NOTHING

-- mariadb
INSERT INTO `address` (`email`, `user_id`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `email` = `email`

-- mssql
-- refused: the mssql dialect has no ON CONFLICT; write a MERGE as text(), or UPDATE and then INSERT what is missing

-- oracle
-- refused: the oracle dialect has no ON CONFLICT; write a MERGE as text(), or UPDATE and then INSERT what is missing
