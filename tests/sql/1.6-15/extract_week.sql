-- sqlite
SELECT CAST((strftime('%j', date(CAST('2020-02-03 04:05:06' AS TEXT), '-3 days', 'weekday 4')) - 1) / 7 + 1 AS INTEGER) AS "x"

-- postgresql
SELECT CAST(floor(EXTRACT(week FROM CAST('2020-02-03 04:05:06' AS TIMESTAMP))) AS BIGINT) AS "x"

-- mariadb
SELECT WEEK(CAST('2020-02-03 04:05:06' AS DATETIME(6)), 3) AS `x`
