-- sqlite
INSERT INTO "address" ("email", "user_id") SELECT "user"."name", "user"."id" FROM "user" WHERE "user"."age" > ?

-- postgresql
INSERT INTO "address" ("email", "user_id") SELECT "user"."name", "user"."id" FROM "user" WHERE "user"."age" > $1

-- mariadb
INSERT INTO `address` (`email`, `user_id`) SELECT `user`.`name`, `user`.`id` FROM `user` WHERE `user`.`age` > ?

-- mssql
INSERT INTO [address] ([email], [user_id]) SELECT [user].[name], [user].[id] FROM [user] WHERE [user].[age] > @p1

-- oracle
INSERT INTO "ADDRESS" ("EMAIL", "USER_ID") SELECT "user"."NAME", "user"."ID" FROM "user" WHERE "user"."AGE" > :1
