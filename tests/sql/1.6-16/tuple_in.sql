-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (VALUES (?, ?), (?, ?))

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") IN (($1, $2), ($3, $4))

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) IN ((?, ?), (?, ?))

-- mssql
-- refused: the mssql dialect has no tuples; compare their members

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."ID", "user"."NAME") IN ((:1, :2), (:3, :4))
