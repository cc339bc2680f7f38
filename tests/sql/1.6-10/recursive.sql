-- sqlite
WITH RECURSIVE "counted"("n") AS (SELECT ? AS "n" UNION ALL SELECT "counted"."n" + ? AS "anon_1" FROM "counted" WHERE "counted"."n" < ?) SELECT "counted"."n" FROM "counted"

-- postgresql
WITH RECURSIVE "counted"("n") AS (SELECT $1 AS "n" UNION ALL SELECT "counted"."n" + $2 AS "anon_1" FROM "counted" WHERE "counted"."n" < $3) SELECT "counted"."n" FROM "counted"

-- mariadb
WITH RECURSIVE `counted`(`n`) AS (SELECT ? AS `n` UNION ALL SELECT `counted`.`n` + ? AS `anon_1` FROM `counted` WHERE `counted`.`n` < ?) SELECT `counted`.`n` FROM `counted`
