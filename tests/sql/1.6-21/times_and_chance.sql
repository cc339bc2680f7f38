-- sqlite
SELECT CURRENT_TIMESTAMP AS "instant", current_date AS "day", ((random() & 9007199254740991) / 9007199254740992.0) AS "chance", pow("user"."age", ?) AS "square" FROM "user"

-- postgresql
SELECT now() AS "instant", current_date AS "day", random() AS "chance", pow("user"."age", $1) AS "square" FROM "user"

-- mariadb
SELECT now(6) AS `instant`, current_date AS `day`, rand() AS `chance`, pow(`user`.`age`, ?) AS `square` FROM `user`

-- mssql
SELECT SYSDATETIMEOFFSET() AS [instant], CAST(SYSDATETIME() AS DATE) AS [day], RAND(CHECKSUM(NEWID())) AS [chance], POWER(CAST([user].[age] AS FLOAT(53)), @p1) AS [square] FROM [user]

-- oracle
SELECT CURRENT_TIMESTAMP AS "INSTANT", TRUNC(CURRENT_DATE) AS "DAY", DBMS_RANDOM.VALUE AS "CHANCE", POWER("user"."AGE", :1) AS "SQUARE" FROM "user"
