-- SPDX-License-Identifier: MIT
-- What is no SQL of SQL Server's: each paragraph is one text, below what is wrong with it.

-- no SELECT list
SELECT FROM [t]

-- a comma too many
SELECT [a], FROM [t]

-- LIMIT is other databases'
SELECT [a] FROM [t] LIMIT 5

-- LIMIT and OFFSET
SELECT [a] FROM [t] LIMIT @p1 OFFSET @p2

-- TOP behind the columns
SELECT [a] TOP (5) FROM [t]

-- TOP before DISTINCT
SELECT TOP (5) DISTINCT [a] FROM [t]

-- OFFSET without ROWS
SELECT [a] FROM [t] ORDER BY [a] OFFSET 5

-- FETCH without OFFSET
SELECT [a] FROM [t] ORDER BY [a] FETCH NEXT 5 ROWS ONLY

-- OFFSET without ORDER BY
SELECT [a] FROM [t] OFFSET 5 ROWS

-- RETURNING
INSERT INTO [t] ([a]) VALUES (1) RETURNING [id]

-- OUTPUT behind VALUES
INSERT INTO [t] ([a]) VALUES (1) OUTPUT [inserted].[id]

-- OUTPUT behind WHERE
DELETE FROM [t] WHERE [a] = 1 OUTPUT [deleted].[id]

-- ON CONFLICT
INSERT INTO [t] ([a]) VALUES (1) ON CONFLICT DO NOTHING

-- ON DUPLICATE KEY
INSERT INTO [t] ([a]) VALUES (1) ON DUPLICATE KEY UPDATE [a] = 1

-- a condition is no value
SELECT [a] > 3 FROM [t]

-- a value is no condition
SELECT [a] FROM [t] WHERE [active]

-- a number is no condition
SELECT [a] FROM [t] WHERE 1

-- the negation of a value
SELECT [a] FROM [t] WHERE NOT [active]

-- a condition in SET
UPDATE [t] SET [a] = [b] > 3

-- ORDER BY a condition
SELECT [a] FROM [t] ORDER BY [a] > 3

-- NULLS FIRST
SELECT [a] FROM [t] ORDER BY [a] NULLS FIRST

-- a quoted name with a gap in its quotes
SELECT [a]b] FROM [t]

-- backticks
SELECT `a` FROM `t`

-- ODBC's placeholder
SELECT [a] FROM [t] WHERE [a] = ?

-- FOR UPDATE
SELECT [a] FROM [t] FOR UPDATE

-- USING of other tables
DELETE FROM [t] USING [b] WHERE [t].[a] = [b].[a]

-- tables listed in UPDATE
UPDATE [t], [b] SET [a] = 1

-- WITH RECURSIVE
WITH RECURSIVE [r] AS (SELECT 1 AS [a]) SELECT [a] FROM [r]

-- IS DISTINCT FROM, before 2022
SELECT [a] FROM [t] WHERE [a] IS DISTINCT FROM 3

-- IN over nothing
SELECT [a] FROM [t] WHERE [a] IN ()

-- a bracket that is not closed
SELECT [a] FROM [t] WHERE ([a] = 1

-- a text that is not closed
SELECT [a] FROM [t] WHERE [a] = N'x

-- JOIN without ON
SELECT [a] FROM [t] JOIN [b]

-- a column without a type and a comma
CREATE TABLE [t] ([a] [b] INTEGER)

-- CREATE TABLE IF NOT EXISTS
CREATE TABLE IF NOT EXISTS [t] ([a] INTEGER)

-- SERIAL's place is taken by IDENTITY
CREATE TABLE [t] ([a] INTEGER AUTO_INCREMENT)

-- an index of an expression
CREATE INDEX [i] ON [t] (lower([a]))
