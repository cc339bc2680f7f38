-- sqlite
SELECT DISTINCT "user"."age" FROM "user" LIMIT ?

-- postgresql
SELECT DISTINCT "user"."age" FROM "user" LIMIT $1

-- mariadb
SELECT DISTINCT `user`.`age` FROM `user` LIMIT ?

-- mssql
SELECT DISTINCT TOP (@p1) [user].[age] FROM [user]

-- oracle
SELECT DISTINCT "user"."AGE" FROM "user" FETCH FIRST :1 ROWS ONLY
