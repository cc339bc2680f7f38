-- sqlite
-- refused: the sqlite dialect has no users

-- postgresql
SELECT current_user AS "x" FROM "user"

-- mariadb
SELECT current_user AS `x` FROM `user`

-- mssql
SELECT current_user AS [x] FROM [user]

-- oracle
SELECT SYS_CONTEXT('USERENV', 'CURRENT_USER') AS "X" FROM "user"
