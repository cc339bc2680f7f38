-- sqlite
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") = (?, ?)

-- postgresql
SELECT "user"."id" FROM "user" WHERE ("user"."id", "user"."name") = ($1, $2)

-- mariadb
SELECT `user`.`id` FROM `user` WHERE (`user`.`id`, `user`.`name`) = (?, ?)

-- mssql
-- refused: the mssql dialect has no tuples; compare their members

-- oracle
SELECT "user"."ID" FROM "user" WHERE ("user"."ID", "user"."NAME") = ((:1, :2))
