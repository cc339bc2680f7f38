-- sqlite
SELECT lag("user"."age", ?, ?) OVER (ORDER BY "user"."id") AS "x" FROM "user"

-- postgresql
SELECT lag("user"."age", $1, $2) OVER (ORDER BY "user"."id") AS "x" FROM "user"

-- mariadb
-- refused: the mariadb dialect has no default in lag() and lead(); use coalesce()

-- mssql
SELECT lag([user].[age], @p1, @p2) OVER (ORDER BY [user].[id]) AS [x] FROM [user]

-- oracle
SELECT lag("user"."AGE", :1, :2) OVER (ORDER BY "user"."ID") AS "X" FROM "user"
