-- sqlite
SELECT "user"."id" FROM "user" WHERE "user"."name" REGEXP ?

-- postgresql
SELECT "user"."id" FROM "user" WHERE "user"."name" ~ $1

-- mariadb
SELECT `user`.`id` FROM `user` WHERE `user`.`name` REGEXP CONCAT('(?-i)', ?)

-- mssql
-- refused: the mssql dialect has no regular expressions; use LIKE

-- oracle
SELECT "user"."ID" FROM "user" WHERE REGEXP_LIKE("user"."NAME", :1)
