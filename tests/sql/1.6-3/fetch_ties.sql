-- sqlite
-- refused: the sqlite dialect has no FETCH … WITH TIES or PERCENT; use rank()

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 ORDER BY "user"."age" FETCH FIRST $2 ROWS WITH TIES

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? ORDER BY `user`.`age` FETCH FIRST ? ROWS WITH TIES

-- mssql
SELECT TOP (@p1) WITH TIES [user].[id] FROM [user] WHERE [user].[age] > @p2 ORDER BY [user].[age]

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 ORDER BY "user"."AGE" FETCH FIRST :2 ROWS WITH TIES
