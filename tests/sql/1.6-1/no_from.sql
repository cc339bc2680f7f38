-- sqlite
SELECT ? AS "one"

-- postgresql
SELECT $1 AS "one"

-- mariadb
SELECT ? AS `one`
