-- sqlite
SELECT count(*) AS "many" FROM (SELECT column1 AS "n", column2 AS "word" FROM (VALUES (CAST(? AS INTEGER), CAST(? AS TEXT)), (CAST(? AS INTEGER), CAST(? AS TEXT)))) AS "given"

-- postgresql
SELECT count(*) AS "many" FROM (VALUES (CAST($1 AS INTEGER), CAST($2 AS VARCHAR)), (CAST($3 AS INTEGER), CAST($4 AS VARCHAR))) AS "given" ("n", "word")

-- mariadb
SELECT count(*) AS `many` FROM (SELECT CAST(? AS SIGNED) AS `n`, CAST(? AS CHAR) AS `word` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR)) AS `given`

-- mssql
SELECT count(*) AS [many] FROM (VALUES (CAST(@p1 AS INTEGER), CAST(@p2 AS NVARCHAR(max))), (CAST(@p3 AS INTEGER), CAST(@p4 AS NVARCHAR(max)))) AS [given] ([n], [word])

-- oracle
SELECT count(*) AS "MANY" FROM (SELECT CAST(:1 AS NUMBER(10)) AS "N", CAST(:2 AS VARCHAR2(4000 CHAR)) AS "WORD" FROM DUAL UNION ALL SELECT CAST(:3 AS NUMBER(10)), CAST(:4 AS VARCHAR2(4000 CHAR)) FROM DUAL) "GIVEN"
