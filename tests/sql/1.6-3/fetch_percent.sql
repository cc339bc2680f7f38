-- sqlite
-- refused: the sqlite dialect has no FETCH … WITH TIES or PERCENT; use rank()

-- postgresql
-- refused: the postgresql dialect has no FETCH … PERCENT

-- mariadb
-- refused: the mariadb dialect has no FETCH … PERCENT
