-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT NULL, NULL WHERE 1 = 0)

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (SELECT CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR) WHERE 1 = 0)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) IN (SELECT NULL, NULL FROM DUAL WHERE 1 = 0)

-- mssql
-- refused: the mssql dialect has no tuples; compare their members

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."ID", "user"."NAME") IN (SELECT CAST(NULL AS NUMBER(19)), CAST(NULL AS VARCHAR2(4000 CHAR)) FROM DUAL WHERE 1 = 0)
