-- sqlite
-- refused: the sqlite dialect has no TRY_CAST

-- postgresql
-- refused: the postgresql dialect has no TRY_CAST

-- mariadb
-- refused: the mariadb dialect has no TRY_CAST
