-- sqlite
CREATE TABLE "room" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(30) DEFAULT 'it''s empty' NOT NULL,
    "Open" BOOLEAN DEFAULT 1,
    "level" INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "one_each" UNIQUE ("name", "level"),
    CONSTRAINT "not_too_high" CHECK ("level" < 100)
);
CREATE INDEX "open_ones" ON "room" ("name") WHERE "Open" = 1;

-- postgresql
CREATE TABLE "room" (
    "id" BIGSERIAL NOT NULL,
    "name" VARCHAR(30) DEFAULT 'it''s empty' NOT NULL,
    "Open" BOOLEAN DEFAULT TRUE,
    "level" INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "one_each" UNIQUE ("name", "level"),
    CONSTRAINT "not_too_high" CHECK ("level" < 100)
);
CREATE INDEX "open_ones" ON "room" ("name") WHERE "Open" = TRUE;

-- mariadb
-- refused: table 'room': this database has no index of a part of the rows

-- mssql
CREATE TABLE [room] (
    [id] BIGINT NOT NULL IDENTITY,
    [name] NVARCHAR(30) DEFAULT N'it''s empty' NOT NULL,
    [Open] BIT DEFAULT 1 NULL,
    [level] INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY ([id]),
    CONSTRAINT [one_each] UNIQUE ([name], [level]),
    CONSTRAINT [not_too_high] CHECK ([level] < 100)
);
CREATE INDEX [open_ones] ON [room] ([name]) WHERE [Open] = 1;

-- oracle
-- refused: table 'room': this database has no index of a part of the rows
