-- sqlite
SELECT "user"."name", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "n" FROM "user"

-- postgresql
SELECT "user"."name", (SELECT count("address"."id") AS "count_1" FROM "address" WHERE "address"."user_id" = "user"."id") AS "n" FROM "user"

-- mariadb
SELECT `user`.`name`, (SELECT count(`address`.`id`) AS `count_1` FROM `address` WHERE `address`.`user_id` = `user`.`id`) AS `n` FROM `user`

-- mssql
SELECT [user].[name], (SELECT count([address].[id]) AS [count_1] FROM [address] WHERE [address].[user_id] = [user].[id]) AS [n] FROM [user]

-- oracle
SELECT "user"."NAME", (SELECT count("ADDRESS"."ID") AS "COUNT_1" FROM "ADDRESS" WHERE "ADDRESS"."USER_ID" = "user"."ID") AS "N" FROM "user"
