-- sqlite
CREATE TABLE "flag" (
    "is_set" BOOLEAN NOT NULL,
    CHECK ("is_set")
);

-- postgresql
CREATE TABLE "flag" (
    "is_set" BOOLEAN NOT NULL,
    CHECK ("is_set")
);

-- mariadb
CREATE TABLE `flag` (
    `is_set` BOOLEAN NOT NULL,
    CHECK (`is_set`)
) ENGINE=InnoDB;

-- mssql
CREATE TABLE [flag] (
    [is_set] BIT NOT NULL,
    CHECK ([is_set] = 1)
);

-- oracle
CREATE TABLE "FLAG" (
    "IS_SET" NUMBER(1) NOT NULL,
    CHECK ("IS_SET" = 1)
);
