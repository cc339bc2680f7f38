-- sqlite
SELECT "j"."key", "j"."value" FROM json_each(?) AS "j"

-- postgresql
SELECT "j"."key", "j"."value" FROM json_each($1) AS "j" ("key", "value")

-- mariadb
-- refused: the mariadb dialect has no functions in FROM

-- mssql
SELECT [j].[key], [j].[value] FROM json_each(@p1) AS [j] ([key], [value])

-- oracle
SELECT "J"."KEY", "J"."VALUE" FROM TABLE(json_each(:1)) "J"
