# SPDX-License-Identifier: MIT
"""The databases under test, put into the state that a case begins with, and looked at afterwards.

Contestants neither make nor fill tables: each of them finds exactly the same.
"""

import contextlib
import itertools
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from contestants import BENCHMARKS
from datasets import FILLED
from server_database import ServerDatabase, run_client

ROOT = BENCHMARKS.parent


class SqliteDatabase:
    """Files in memory where that can be had. Used in a `with` statement, which removes them."""

    name = "sqlite"
    label = "SQLite"
    leaves_gaps = False

    def __enter__(self):
        memory = "/dev/shm"
        self._folder = Path(tempfile.mkdtemp(
            prefix="azoth-bench-", dir=memory if os.access(memory, os.W_OK) else None
        ))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self._folder, ignore_errors=True)

    def prepare(self, case, rows):
        """Brings the case's tables into their first state; the URL for the contestant."""
        first = self._folder / f"{case.data.name}-{case.table}-{rows}.db"
        if not first.exists():
            self._make(first, case, rows)
        file = self._file(case, rows)
        if file != first:
            for old in self._folder.glob(file.name + "*"):
                old.unlink()
            shutil.copyfile(first, file)
        return f"sqlite:///{file}"

    def stored_rows(self, case, rows):
        """What the case left in its tables."""
        with contextlib.closing(sqlite3.connect(self._file(case, rows))) as connection:
            return connection.execute(case.data.stored).fetchall()

    def conditions(self):
        with contextlib.closing(sqlite3.connect(next(self._folder.glob("*.db")))) as connection:
            mode = connection.execute("pragma journal_mode").fetchone()[0]
            synchronous = connection.execute("pragma synchronous").fetchone()[0]
        levels = ("off", "normal", "full", "extra")
        return (
            f"SQLite {sqlite3.sqlite_version}, journal_mode={mode}, "
            f"synchronous={levels[synchronous]}, foreign_keys=on, file in {self._folder.parent}"
        )

    def _file(self, case, rows):
        return self._folder / (
            f"{case.data.name}-{FILLED}-{rows}.db" if case.table == FILLED else "written.db"
        )

    @staticmethod
    def _make(file, case, rows):
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("pragma journal_mode=wal")
            for table in case.data.tables:
                for statement in table.ddl("sqlite"):
                    connection.execute(statement)
            for name, content in case.data.rows(case.table, rows).items():
                content = iter(content)
                first = next(content)
                marks = ", ".join("?" * len(first))
                connection.executemany(
                    f"insert into {name} values ({marks})", itertools.chain([first], content)
                )
            connection.commit()
            connection.execute("pragma wal_checkpoint(truncate)")


class PostgresqlDatabase(ServerDatabase):
    name = "postgresql"
    label = "PostgreSQL"
    leaves_gaps = False
    url_variable = "AZOTH_POSTGRESQL_SOCKET_URL"

    def stored_rows(self, case, rows):
        copied = self._sql(
            self._url_of(self._key(case, rows)), f"copy ({case.data.stored}) to stdout (delimiter '|', null '')"
        )
        return [line.split("|") for line in copied.decode().splitlines()]

    def conditions(self):
        shown = self._sql(self._any_url(), "; ".join(
            f"show {name}" for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        )).decode().split("\n")
        return (
            f"PostgreSQL {shown[0]}, fsync={shown[1]}, synchronous_commit={shown[2]}, "
            f"shared_buffers={shown[3]}, {self._place()}"
        )

    def _create(self, name):
        self._sql(self._url, f'create database "{name}" template template0')
        self._sql(self._url, f'alter database "{name}" set synchronous_commit = off')

    def _drop(self, name):
        self._sql(self._url, f'drop database if exists "{name}"')

    def _empty(self, url, tables):
        self._sql(url, f"truncate {', '.join(tables)} restart identity")

    def _copy(self, url, table, lines):
        self._sql(url, f"copy {table} from stdin (delimiter '|')", lines)

    def _settle(self, url, tables):
        self._sql(url, f"vacuum (analyze) {', '.join(tables)}")

    @staticmethod
    def _sql(url, sql, data=None):
        return run_client(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c"], sql, data)


class MariadbDatabase(ServerDatabase):
    name = "mariadb"
    label = "MariaDB"
    leaves_gaps = True  # InnoDB sets ids aside by the power of two, and drops those that a statement leaves
    url_variable = "AZOTH_MARIADB_SOCKET_URL"

    def stored_rows(self, case, rows):
        printed = self._sql(self._url_of(self._key(case, rows)), case.data.stored)
        return [line.split("\t") for line in printed.decode().splitlines()]

    def conditions(self):
        version, flush, pool = self._sql(
            self._any_url(),
            "select @@version, @@innodb_flush_log_at_trx_commit, @@innodb_buffer_pool_size div 1048576",
        ).decode().split()
        return (
            f"MariaDB {version}, InnoDB, innodb_flush_log_at_trx_commit={flush}, "
            f"innodb_buffer_pool_size={pool}M, {self._place()}"
        )

    def _create(self, name):
        self._sql(self._url, f"create database `{name}` character set utf8mb4 collate utf8mb4_nopad_bin")

    def _drop(self, name):
        self._sql(self._url, f"drop database if exists `{name}`")

    def _empty(self, url, tables):
        for table in tables:
            self._sql(url, f"truncate {table}")

    def _copy(self, url, table, lines):
        self._sql(
            url, f"load data local infile '/dev/stdin' into table {table} fields terminated by '|'", lines
        )

    def _settle(self, url, tables):
        self._sql(url, f"analyze table {', '.join(tables)}")

    @staticmethod
    def _sql(url, sql, data=None):
        parts = urlsplit(url)
        place = [f"--host={parts.hostname}"] if parts.hostname else []
        place += [f"--port={parts.port}"] if parts.port else []
        place += [f"--socket={socket}" for socket in parse_qs(parts.query).get("unix_socket", ())]
        return run_client(
            [
                "mariadb", "--no-defaults", "--batch", "--raw", "--skip-column-names", "--local-infile=1",
                "--default-character-set=utf8mb4", f"--user={unquote(parts.username)}", *place,
                f"--database={parts.path[1:]}", "--execute",
            ],
            sql, data, env={**os.environ, "MYSQL_PWD": unquote(parts.password or "")},
        )


KINDS = {kind.name: kind for kind in (SqliteDatabase, PostgresqlDatabase, MariadbDatabase)}


def open_database(name, url=None):
    """The database of this name, to be used in a `with` statement; for one on a server, `url` names another."""
    return KINDS[name](url) if url else KINDS[name]()
