-- sqlite
SELECT regexp_replace("user"."name", ?, ?) AS "x" FROM "user"

-- postgresql
SELECT regexp_replace("user"."name", $1, $2, 'g') AS "x" FROM "user"

-- mariadb
SELECT REGEXP_REPLACE(`user`.`name`, CONCAT('(?-i)', ?), ?) AS `x` FROM `user`

-- mssql
-- refused: the mssql dialect has no replacement by regular expressions

-- oracle
SELECT REGEXP_REPLACE("user"."NAME", :1, :2) AS "X" FROM "user"
