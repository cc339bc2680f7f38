-- sqlite
-- refused: the sqlite dialect has no TRY_CAST

-- postgresql
-- refused: the postgresql dialect has no TRY_CAST

-- mariadb
-- refused: the mariadb dialect has no TRY_CAST

-- mssql
SELECT TRY_CAST([user].[name] AS INTEGER) AS [x] FROM [user]

-- oracle
SELECT CAST("user"."NAME" AS NUMBER(10) DEFAULT NULL ON CONVERSION ERROR) AS "X" FROM "user"
