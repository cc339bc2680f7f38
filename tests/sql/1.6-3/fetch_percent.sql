-- sqlite
-- refused: the sqlite dialect has no FETCH … WITH TIES or PERCENT; use rank()

-- postgresql
-- refused: the postgresql dialect has no FETCH … PERCENT

-- mariadb
-- refused: the mariadb dialect has no FETCH … PERCENT

-- mssql
SELECT TOP (@p1) PERCENT [user].[id] FROM [user] WHERE [user].[age] > @p2 ORDER BY [user].[age]

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 ORDER BY "user"."AGE" FETCH FIRST :2 PERCENT ROWS ONLY
