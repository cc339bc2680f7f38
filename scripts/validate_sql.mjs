// SPDX-License-Identifier: MIT
// Reads the SQL Server and Oracle parts of the golden files with published grammars, because no such
// server can be had: validate_sql.mjs CHECKOUT FOLDER, where FOLDER has the npm packages.
//
// Every text of tests/sql and tests/schema/golden must be read without an error; every text of
// tests/grammars/wrong_<dialect>.sql must not. The grammars know keywords in capitals only, so texts
// are put into capitals, names and all.

import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const [root, packages] = process.argv.slice(2).map((path) => resolve(path));
const antlr = createRequire(join(packages, 'package.json'))('antlr4ts-sql');

const GRAMMARS = {
  mssql: {
    Lexer: antlr.TSqlLexer,
    Parser: antlr.TSQLGrammar.TSqlParser,
    start: 'tsql_file',
    ending: '',
  },
  oracle: {
    Lexer: antlr.PlSqlLexer,
    Parser: antlr.PlSQLGrammar.PlSqlParser,
    start: 'sql_script',
    ending: ';',
  },
};

// What is right and the grammar doesn't know: the construct, and the reason. Each must be rejected
// by the grammar still, or it has no business here.
const BEYOND_THE_GRAMMARS = JSON.parse(readFileSync(join(root, 'tests/grammars/beyond.json'), 'utf8'));

// The first mistake in a text; null for none.
function mistakeIn(dialect, sql) {
  const { Lexer, Parser, start, ending } = GRAMMARS[dialect];
  let mistake = null;
  const listener = {
    syntaxError(_recognizer, _symbol, line, column, message) {
      mistake ??= `line ${line}, column ${column}: ${message.split(' expecting {')[0]}`;
    },
  };
  const lexer = new Lexer(antlr.CharStreams.fromString(sql.toUpperCase() + ending));
  const parser = new Parser(new antlr.CommonTokenStream(lexer));
  for (const recognizer of [lexer, parser]) {
    recognizer.removeErrorListeners();
    recognizer.addErrorListener(listener);
  }
  parser[start]();
  if (parser.inputStream.LA(1) !== antlr.Token.EOF) mistake ??= 'there is more behind it';
  return mistake;
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.name.endsWith('.sql')) yield path;
  }
}

// The statements of a golden file's part; none where the dialect refuses.
function statementsOf(file, dialect) {
  const parts = readFileSync(file, 'utf8').split(/\n\n/);
  const part = parts.find((text) => text.startsWith(`-- ${dialect}\n`));
  if (part === undefined) return [];
  const sql = part.slice(part.indexOf('\n') + 1);
  return sql.startsWith('-- refused: ') ? [] : sql.split(/;\n/).filter((text) => text.trim() !== '');
}

function* goldenTexts(dialect) {
  for (const folder of ['tests/sql', 'tests/schema/golden'])
    for (const file of filesBelow(join(root, folder)))
      for (const sql of statementsOf(file, dialect))
        yield { construct: relative(root, file).replace(/\.sql$/, ''), sql };
}

// Wrong texts stand in paragraphs, each below a comment that says what is wrong.
function wrongTexts(dialect) {
  const text = readFileSync(join(root, `tests/grammars/wrong_${dialect}.sql`), 'utf8');
  return text
    .split(/\n\n+/)
    .map((paragraph) => paragraph.split('\n').filter((line) => !line.startsWith('--')).join('\n').trim())
    .filter((sql) => sql !== '');
}

const faults = [];
const fewestWrongTexts = 30;
for (const dialect of Object.keys(GRAMMARS)) {
  const beyond = BEYOND_THE_GRAMMARS[dialect];
  const used = new Set();
  let read = 0;
  for (const { construct, sql } of goldenTexts(dialect)) {
    const mistake = mistakeIn(dialect, sql);
    const excused = construct in beyond;
    if (excused && mistake) used.add(construct);
    if (mistake && !excused) faults.push(`${construct}, ${dialect}: ${mistake}\n    ${sql.trim()}`);
    ++read;
  }
  for (const construct of Object.keys(beyond))
    if (!used.has(construct)) faults.push(`tests/grammars/beyond.json: ${construct} is read by the grammar of ${dialect}`);
  const wrong = wrongTexts(dialect);
  if (wrong.length < fewestWrongTexts) faults.push(`${dialect}: only ${wrong.length} wrong texts`);
  for (const sql of wrong)
    if (!mistakeIn(dialect, sql)) faults.push(`${dialect}: the grammar finds nothing wrong in: ${sql}`);
  if (read === 0) faults.push(`${dialect}: no golden texts were found`);
  console.log(`${dialect}: ${read} texts read (${used.size} beyond the grammar), ${wrong.length} wrong ones tried`);
}
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
