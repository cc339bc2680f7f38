-- sqlite
-- refused: the sqlite dialect has no INTERSECT ALL and EXCEPT ALL

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" < $1 EXCEPT ALL SELECT "user"."id" FROM "user" WHERE "user"."age" > $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`age` < ? EXCEPT ALL SELECT `user`.`id` FROM `user` WHERE `user`.`age` > ?

-- mssql
-- refused: the mssql dialect has no EXCEPT ALL

-- oracle
-- refused: the oracle dialect has no EXCEPT ALL
