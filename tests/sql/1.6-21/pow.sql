-- sqlite
SELECT pow("user"."age", ?) AS "x" FROM "user"

-- postgresql
SELECT pow("user"."age", $1) AS "x" FROM "user"

-- mariadb
SELECT pow(`user`.`age`, ?) AS `x` FROM `user`

-- mssql
SELECT POWER(CAST([user].[age] AS FLOAT(53)), @p1) AS [x] FROM [user]

-- oracle
SELECT POWER("user"."AGE", :1) AS "X" FROM "user"
