-- sqlite
WITH "c" AS (SELECT "v"."id" FROM (SELECT column1 AS "id", column2 AS "name" FROM (VALUES (CAST(? AS INTEGER), CAST(? AS TEXT)), (CAST(? AS INTEGER), CAST(? AS TEXT)))) AS "v") SELECT "c"."id" FROM "c"

-- postgresql
WITH "c" AS (SELECT "v"."id" FROM (VALUES (CAST($1 AS INTEGER), CAST($2 AS VARCHAR)), (CAST($3 AS INTEGER), CAST($4 AS VARCHAR))) AS "v" ("id", "name")) SELECT "c"."id" FROM "c"

-- mariadb
WITH `c` AS (SELECT `v`.`id` FROM (SELECT CAST(? AS SIGNED) AS `id`, CAST(? AS CHAR) AS `name` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `v`) SELECT `c`.`id` FROM `c`
