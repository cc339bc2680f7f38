-- sqlite
SELECT ("user"."age" << ?) >> ? AS "x" FROM "user"

-- postgresql
SELECT CAST(CAST("user"."age" AS BIGINT) << CAST($1 AS INTEGER) AS BIGINT) >> CAST($2 AS INTEGER) AS "x" FROM "user"

-- mariadb
SELECT CAST((CAST(`user`.`age` << ? AS SIGNED)) >> ? AS SIGNED) AS `x` FROM `user`
