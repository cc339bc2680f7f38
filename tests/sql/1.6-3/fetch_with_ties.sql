-- sqlite
-- refused: the sqlite dialect has no FETCH … WITH TIES or PERCENT; use rank()

-- postgresql
SELECT "user"."id" FROM "user" ORDER BY "user"."age" FETCH FIRST $1 ROWS WITH TIES

-- mariadb
SELECT `user`.`id` FROM `user` ORDER BY `user`.`age` FETCH FIRST ? ROWS WITH TIES

-- mssql
SELECT TOP (@p1) WITH TIES [user].[id] FROM [user] ORDER BY [user].[age]

-- oracle
SELECT "user"."ID" FROM "user" ORDER BY "user"."AGE" FETCH FIRST :1 ROWS WITH TIES
