-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT NULL WHERE 1 = 0)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."id" IN (SELECT CAST(NULL AS BIGINT) WHERE 1 = 0)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`id` IN (SELECT NULL FROM DUAL WHERE 1 = 0)

-- mssql
SELECT [user].[id] FROM [user] WHERE [user].[id] IN (SELECT CAST(NULL AS BIGINT) WHERE 1 = 0)

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."ID" IN (SELECT CAST(NULL AS NUMBER(19)) FROM DUAL WHERE 1 = 0)
