-- sqlite
INSERT INTO "user" DEFAULT VALUES

-- postgresql
INSERT INTO "user" DEFAULT VALUES RETURNING "id"

-- mariadb
INSERT INTO `user` () VALUES () RETURNING `id`

-- mssql
INSERT INTO [user] OUTPUT [inserted].[id] DEFAULT VALUES

-- oracle
INSERT INTO "user" ("ID") VALUES (DEFAULT) RETURNING "ID" INTO :ret_0
