-- sqlite
PRAGMA defer_foreign_keys = ON;
DROP TABLE "right_one";
DROP TABLE "left_one";

-- postgresql
ALTER TABLE "left_one" DROP CONSTRAINT IF EXISTS "fk_left_one_other_right_one";
ALTER TABLE "right_one" DROP CONSTRAINT IF EXISTS "fk_right_one_other_left_one";
DROP TABLE "right_one";
DROP TABLE "left_one";

-- mariadb
ALTER TABLE `left_one` DROP CONSTRAINT IF EXISTS `fk_left_one_other_right_one`;
ALTER TABLE `right_one` DROP CONSTRAINT IF EXISTS `fk_right_one_other_left_one`;
DROP TABLE `right_one`;
DROP TABLE `left_one`;

-- mssql
ALTER TABLE [left_one] DROP CONSTRAINT IF EXISTS [fk_left_one_other_right_one];
ALTER TABLE [right_one] DROP CONSTRAINT IF EXISTS [fk_right_one_other_left_one];
DROP TABLE [right_one];
DROP TABLE [left_one];

-- oracle
ALTER TABLE "LEFT_ONE" DROP CONSTRAINT "FK_LEFT_ONE_OTHER_RIGHT_ONE";
ALTER TABLE "RIGHT_ONE" DROP CONSTRAINT "FK_RIGHT_ONE_OTHER_LEFT_ONE";
DROP TABLE "RIGHT_ONE";
DROP TABLE "LEFT_ONE";
