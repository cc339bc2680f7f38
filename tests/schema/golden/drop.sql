-- sqlite
DROP TABLE "bed";
DROP TABLE "house"."room";

-- postgresql
DROP TABLE "bed";
DROP TABLE "house"."room";

-- mariadb
DROP TABLE `bed`;
DROP TABLE `house`.`room`;

-- mssql
DROP TABLE [bed];
DROP TABLE [house].[room];

-- oracle
DROP TABLE "BED";
DROP TABLE "HOUSE"."ROOM";
