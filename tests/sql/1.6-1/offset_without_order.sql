-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."age" > ? LIMIT -1 OFFSET ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" > $1 OFFSET $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ? LIMIT 18446744073709551615 OFFSET ?

-- mssql
-- refused: SQL Server has OFFSET, and LIMIT of a UNION, only behind ORDER BY: say order_by()

-- oracle
SELECT "user"."ID" FROM "user" WHERE "user"."AGE" > :1 OFFSET :2 ROWS
