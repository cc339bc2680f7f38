-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT NULL, NULL WHERE 1 = 0)

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR) WHERE 1 = 0)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) IN (SELECT NULL, NULL FROM DUAL WHERE 1 = 0)
