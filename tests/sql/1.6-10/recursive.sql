-- sqlite
WITH RECURSIVE "counted"("n") AS (SELECT 1 AS "n" UNION ALL SELECT "counted"."n" + ? AS "anon_1" FROM "counted" WHERE "counted"."n" < ?) SELECT "counted"."n" FROM "counted"

-- postgresql
WITH RECURSIVE "counted"("n") AS (SELECT 1 AS "n" UNION ALL SELECT "counted"."n" + $1 AS "anon_1" FROM "counted" WHERE "counted"."n" < $2) SELECT "counted"."n" FROM "counted"

-- mariadb
WITH RECURSIVE `counted`(`n`) AS (SELECT 1 AS `n` UNION ALL SELECT `counted`.`n` + ? AS `anon_1` FROM `counted` WHERE `counted`.`n` < ?) SELECT `counted`.`n` FROM `counted`

-- mssql
WITH [counted]([n]) AS (SELECT 1 AS [n] UNION ALL SELECT [counted].[n] + @p1 AS [anon_1] FROM [counted] WHERE [counted].[n] < @p2) SELECT [counted].[n] FROM [counted]

-- oracle
WITH "COUNTED"("N") AS (SELECT 1 AS "N" FROM DUAL UNION ALL SELECT "COUNTED"."N" + :1 AS "ANON_1" FROM "COUNTED" WHERE "COUNTED"."N" < :2) SELECT "COUNTED"."N" FROM "COUNTED"
