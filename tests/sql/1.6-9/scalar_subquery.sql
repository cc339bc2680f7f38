-- sqlite
SELECT "user"."id", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "mails" FROM "user"

-- postgresql
SELECT "user"."id", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "mails" FROM "user"

-- mariadb
SELECT `user`.`id`, (SELECT count(`address`.`id`) AS `count_1` FROM `address` WHERE `address`.`user_id` = `user`.`id`) AS `mails` FROM `user`

-- mssql
SELECT [user].[id], (SELECT count([address].[id]) AS [count_1] FROM [address] WHERE [address].[user_id] = [user].[id]) AS [mails] FROM [user]

-- oracle
SELECT "user"."ID", (SELECT count("ADDRESS"."ID") AS "COUNT_1" FROM "ADDRESS" WHERE "ADDRESS"."USER_ID" = "user"."ID") AS "MAILS" FROM "user"
