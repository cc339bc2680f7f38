-- sqlite
SELECT "user"."age" & ? AS "both", "user"."age" | ? AS "either", (("user"."age" | ?) - ("user"."age" & ?)) AS "one", ~"user"."age" AS "no" FROM "user"

-- postgresql
SELECT "user"."age" & $1 AS "both", "user"."age" | $2 AS "either", "user"."age" # $3 AS "one", ~"user"."age" AS "no" FROM "user"

-- mariadb
SELECT CAST(`user`.`age` & ? AS SIGNED) AS `both`, CAST(`user`.`age` | ? AS SIGNED) AS `either`, CAST(`user`.`age` ^ ? AS SIGNED) AS `one`, CAST(~`user`.`age` AS SIGNED) AS `no` FROM `user`

-- mssql
SELECT [user].[age] & @p1 AS [both], [user].[age] | @p2 AS [either], [user].[age] ^ @p3 AS [one], ~[user].[age] AS [no] FROM [user]

-- oracle
SELECT BITAND("user"."AGE", :1) AS "BOTH", ("user"."AGE" + :2 - BITAND("user"."AGE", :3)) AS "EITHER", ("user"."AGE" + :4 - 2 * BITAND("user"."AGE", :5)) AS "ONE", (-1 - "user"."AGE") AS "NO" FROM "user"
