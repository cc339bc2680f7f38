-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."age" BETWEEN ? AND ? OR "user"."age" BETWEEN ? AND ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."age" BETWEEN SYMMETRIC $1 AND $2

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`age` BETWEEN ? AND ? OR `user`.`age` BETWEEN ? AND ?)

-- mssql
SELECT [user].[id] FROM [user] WHERE ([user].[age] BETWEEN @p1 AND @p2 OR [user].[age] BETWEEN @p3 AND @p4)

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."AGE" BETWEEN :1 AND :2 OR "user"."AGE" BETWEEN :3 AND :4)
