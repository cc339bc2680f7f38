-- sqlite
SELECT ("user"."age" << ?) >> ? AS "x" FROM "user"

-- postgresql
SELECT CAST(CAST("user"."age" AS BIGINT) << CAST($1 AS INTEGER) AS BIGINT) >> CAST($2 AS INTEGER) AS "x" FROM "user"

-- mariadb
SELECT CAST((CAST(`user`.`age` << ? AS SIGNED)) >> ? AS SIGNED) AS `x` FROM `user`

-- mssql
-- refused: the mssql dialect has no shifts of bits; multiply or divide by pow(2, n)

-- oracle
SELECT FLOOR((("user"."AGE" * POWER(2, :1))) / POWER(2, :2)) AS "X" FROM "user"
