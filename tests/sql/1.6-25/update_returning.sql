-- sqlite
UPDATE "user" SET "age" = ? RETURNING "user"."id"

-- postgresql
UPDATE "user" SET "age" = $1 RETURNING "user"."id"

-- mariadb
-- refused: the mariadb dialect has no UPDATE … RETURNING; select the rows after it

-- mssql
UPDATE [user] SET [age] = @p1 OUTPUT [inserted].[id]

-- oracle
UPDATE "user" SET "AGE" = :1 RETURNING "user"."ID" INTO :ret_0
