-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? ORDER BY "user"."id" LIMIT ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."id" LIMIT $2 FOR KEY SHARE

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`id` LIMIT ? LOCK IN SHARE MODE

-- mssql
SELECT TOP (@p1) [user].[id] FROM [user] WITH (REPEATABLEREAD, ROWLOCK) WHERE [user].[age] > @p2 ORDER BY [user].[id]

-- oracle
-- refused: the oracle dialect has no FOR UPDATE together with LIMIT or OFFSET; find the keys by an IN subquery that has these
