-- sqlite
UPDATE "user" SET "age" = "user"."age" + ? WHERE "user"."id" = ?

-- postgresql
UPDATE "user" SET "age" = "user"."age" + $1 WHERE "user"."id" = $2

-- mariadb
UPDATE `user` SET `age` = `user`.`age` + ? WHERE `user`.`id` = ?

-- mssql
UPDATE [user] SET [age] = [user].[age] + @p1 WHERE [user].[id] = @p2

-- oracle
UPDATE "user" SET "AGE" = "user"."AGE" + :1 WHERE "user"."ID" = :2
