-- sqlite
SELECT rank() OVER (PARTITION BY "user"."name" ORDER BY "user"."age" DESC) AS "x" FROM "user"

-- postgresql
SELECT rank() OVER (PARTITION BY "user"."name" ORDER BY "user"."age" DESC) AS "x" FROM "user"

-- mariadb
SELECT rank() OVER (PARTITION BY `user`.`name` ORDER BY `user`.`age` DESC) AS `x` FROM `user`

-- mssql
SELECT rank() OVER (PARTITION BY [user].[name] ORDER BY [user].[age] DESC) AS [x] FROM [user]

-- oracle
SELECT rank() OVER (PARTITION BY "user"."NAME" ORDER BY "user"."AGE" DESC) AS "X" FROM "user"
