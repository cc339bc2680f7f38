-- sqlite
CREATE TABLE "plain" (
    "x" INTEGER
);
CREATE TABLE "house"."told" (
    "x" INTEGER
);

-- postgresql
CREATE TABLE "plain" (
    "x" INTEGER
);
COMMENT ON TABLE "plain" IS 'of no schema';
CREATE TABLE "house"."told" (
    "x" INTEGER
);
COMMENT ON TABLE "house"."told" IS 'who''s who';
COMMENT ON COLUMN "house"."told"."x" IS 'it''s a number';

-- mariadb
CREATE TABLE `plain` (
    `x` INTEGER
) ENGINE=InnoDB COMMENT='of no schema';
CREATE TABLE `house`.`told` (
    `x` INTEGER COMMENT 'it''s a number'
) ENGINE=InnoDB COMMENT='who''s who';

-- mssql
CREATE TABLE [plain] (
    [x] INTEGER NULL
);
DECLARE @schema sysname = SCHEMA_NAME(); EXEC sp_addextendedproperty @name = N'MS_Description', @value = N'of no schema', @level0type = N'SCHEMA', @level0name = @schema, @level1type = N'TABLE', @level1name = N'plain';
CREATE TABLE [house].[told] (
    [x] INTEGER NULL
);
EXEC sp_addextendedproperty @name = N'MS_Description', @value = N'who''s who', @level0type = N'SCHEMA', @level0name = N'house', @level1type = N'TABLE', @level1name = N'told';
EXEC sp_addextendedproperty @name = N'MS_Description', @value = N'it''s a number', @level0type = N'SCHEMA', @level0name = N'house', @level1type = N'TABLE', @level1name = N'told', @level2type = N'COLUMN', @level2name = N'x';

-- oracle
CREATE TABLE "PLAIN" (
    "X" NUMBER(10)
);
COMMENT ON TABLE "PLAIN" IS 'of no schema';
CREATE TABLE "HOUSE"."TOLD" (
    "X" NUMBER(10)
);
COMMENT ON TABLE "HOUSE"."TOLD" IS 'who''s who';
COMMENT ON COLUMN "HOUSE"."TOLD"."X" IS 'it''s a number';
