# SPDX-License-Identifier: MIT
"""The databases under test, put into the state that a case begins with, and looked at afterwards.

Contestants neither make nor fill tables: each of them finds exactly the same.
"""

import contextlib
import itertools
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from contestants import BenchmarkError
from datasets import EMPTY, FILLED, OLD

ROOT = Path(__file__).resolve().parent.parent.parent


class SqliteDatabase:
    """Files in memory where that can be had. Used in a `with` statement, which removes them."""

    name = "sqlite"
    label = "SQLite"

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

    def stored_checksum(self, case, rows):
        with contextlib.closing(sqlite3.connect(self._file(case, rows))) as connection:
            return case.data.checksum_of_stored(connection.execute(case.data.stored))

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


class PostgresqlDatabase:
    """Databases of its own on one server: the one of `url`, or else the private one of
    scripts/services. Used in a `with` statement, which removes them."""

    name = "postgresql"
    label = "PostgreSQL"

    def __init__(self, url=None):
        self._url = url
        self._holds_services = url is None
        self._databases = {}

    def __enter__(self):
        if self._holds_services:
            self._services("up", "--hold")
            self._url = self._url_of_services()
        return self

    def __exit__(self, *_):
        for name in self._databases.values():
            self._sql(self._url, f'drop database if exists "{name}"')
        if self._holds_services:
            self._services("down", "--hold")

    def prepare(self, case, rows):
        """Brings the case's tables into their first state; the URL for the contestant."""
        key = self._key(case, rows)
        if key not in self._databases:
            self._make(key, case, rows)
        url = self._url_of(key)
        if case.table == EMPTY:
            self._sql(url, f"truncate {self._tables(case)} restart identity")
        elif case.table == OLD:
            self._fill(url, case, rows)
        return url

    def stored_checksum(self, case, rows):
        copied = self._sql(
            self._url_of(self._key(case, rows)), f"copy ({case.data.stored}) to stdout (delimiter '|', null '')"
        )
        return case.data.checksum_of_stored(line.split("|") for line in copied.decode().splitlines())

    def conditions(self):
        shown = self._sql(next(map(self._url_of, self._databases), self._url), "; ".join(
            f"show {name}" for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        )).decode().split("\n")
        return (
            f"PostgreSQL {shown[0]}, fsync={shown[1]}, synchronous_commit={shown[2]}, "
            f"shared_buffers={shown[3]}, "
            + ("over its Unix socket" if not urlsplit(self._url).hostname else "over TCP")
        )

    @staticmethod
    def _key(case, rows):
        """Cases that begin with the same rows share a database."""
        return case.data.name, case.table, 0 if case.table == EMPTY else rows

    @staticmethod
    def _tables(case):
        return ", ".join(table.name for table in case.data.tables)

    def _make(self, key, case, rows):
        name = "_".join(map(str, ("azoth_bench", os.getpid(), *key)))
        self._sql(self._url, f'create database "{name}" template template0')
        self._databases[key] = name
        self._sql(self._url, f'alter database "{name}" set synchronous_commit = off')
        url = self._url_of(key)
        for table in case.data.tables:
            for statement in table.ddl("postgresql"):
                self._sql(url, statement)
        if case.table == FILLED:
            self._fill(url, case, rows)

    def _fill(self, url, case, rows):
        self._sql(url, f"truncate {self._tables(case)}")
        for name, content in case.data.rows(case.table, rows).items():
            lines = "".join("|".join(map(str, row)) + "\n" for row in content)
            self._sql(url, f"copy {name} from stdin (delimiter '|')", lines.encode())
        self._sql(url, f"vacuum (analyze) {self._tables(case)}")

    def _url_of(self, key):
        return urlsplit(self._url)._replace(path="/" + self._databases[key]).geturl()

    @staticmethod
    def _sql(url, sql, data=None):
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
            input=data, stdin=subprocess.DEVNULL if data is None else None,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
        )
        if done.returncode != 0:
            raise BenchmarkError(f"psql: {sql[:80]}:\n{done.stderr.decode().strip()}")
        return done.stdout

    @staticmethod
    def _services(*arguments):
        script = [str(ROOT / "scripts" / "services"), *arguments]
        done = subprocess.run(script, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise BenchmarkError(f"{' '.join(script)} failed; --postgresql names another server")
        return done.stdout

    def _url_of_services(self):
        """Its Unix socket: TCP would add TLS, and measure that."""
        # The script prints `export NAME=value` for a shell; only a shell knows its quoting.
        printed = subprocess.run(
            ["sh", "-c", 'eval "$1"; printf %s "$AZOTH_POSTGRESQL_SOCKET_URL"', "sh", self._services("env")],
            stdout=subprocess.PIPE, text=True, check=True,
        ).stdout
        if not printed:
            raise BenchmarkError("scripts/services env names no AZOTH_POSTGRESQL_SOCKET_URL")
        return printed


def open_database(name, postgresql_url=None):
    """The database of this name, to be used in a `with` statement."""
    return SqliteDatabase() if name == "sqlite" else PostgresqlDatabase(postgresql_url)
