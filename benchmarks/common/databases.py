# SPDX-License-Identifier: MIT
"""The databases under test, put into the state that a case begins with, and looked at afterwards.

Contestants neither make nor fill tables: each of them finds exactly the same.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zlib
from pathlib import Path
from urllib.parse import urlsplit

from cases import EMPTY, FILLED, OLD
from contestants import BenchmarkError
from people import checksum, make_old_people, make_people

ROOT = Path(__file__).resolve().parent.parent.parent


def first_rows(table, rows):
    """What the table holds before the case."""
    if table == EMPTY:
        return ()
    return make_old_people(rows) if table == OLD else make_people(rows)


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
        """Brings the case's table into its first state; the URL for the contestant."""
        first = self._folder / f"{case.table}-{rows}.db"
        if not first.exists():
            self._make(first, case.table, rows)
        file = self._file(case, rows)
        if file != first:
            for old in self._folder.glob(file.name + "*"):
                old.unlink()
            shutil.copyfile(first, file)
        return f"sqlite:///{file}"

    def stored_checksum(self, case, rows):
        with contextlib.closing(sqlite3.connect(self._file(case, rows))) as connection:
            return checksum(connection.execute("select id, name, email from person"))

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
        return self._folder / (f"{FILLED}-{rows}.db" if case.table == FILLED else "written.db")

    @staticmethod
    def _make(file, table, rows):
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("pragma journal_mode=wal")
            connection.execute(
                "create table person (id integer not null, name varchar not null, "
                "email varchar not null, primary key (id))"
            )
            connection.executemany("insert into person values (?, ?, ?)", first_rows(table, rows))
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
        """Brings the case's table into its first state; the URL for the contestant."""
        key = self._key(case, rows)
        if key not in self._databases:
            self._make(key, *key)
        url = self._url_of(key)
        if case.table == EMPTY:
            self._sql(url, "truncate person restart identity")
        elif case.table == OLD:
            self._fill(url, *key)
        return url

    def stored_checksum(self, case, rows):
        crc = zlib.crc32(self._sql(
            self._url_of(self._key(case, rows)),
            "copy (select id, name, email from person order by id) to stdout (delimiter '|')",
        ))
        return f"{crc:08x}"

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
        return case.table, 0 if case.table == EMPTY else rows

    def _make(self, key, table, rows):
        name = f"azoth_bench_{os.getpid()}_{table}_{rows}"
        self._sql(self._url, f'create database "{name}" template template0')
        self._databases[key] = name
        self._sql(self._url, f'alter database "{name}" set synchronous_commit = off')
        url = self._url_of(key)
        self._sql(
            url,
            "create table person (id bigint generated by default as identity primary key, "
            "name varchar not null, email varchar not null)",
        )
        if table == FILLED:
            self._fill(url, table, rows)

    def _fill(self, url, table, rows):
        lines = "".join(f"{id}|{name}|{email}\n" for id, name, email in first_rows(table, rows))
        self._sql(url, "truncate person")
        self._sql(url, "copy person from stdin (delimiter '|')", lines.encode())
        self._sql(url, "vacuum (analyze) person")

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
