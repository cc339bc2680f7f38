-- sqlite
SELECT CAST("user"."age" AS TEXT) AS "x" FROM "user"

-- postgresql
SELECT CAST("user"."age" AS VARCHAR) AS "x" FROM "user"

-- mariadb
SELECT CAST(`user`.`age` AS CHAR) AS `x` FROM `user`
