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

from contestants import BenchmarkError
from people import checksum, make_people

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
        self._empty = self._folder / "empty.db"
        self._make(self._empty, 0)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self._folder, ignore_errors=True)

    def prepare(self, case, rows):
        """Brings the case's table into its first state; the URL for the contestant."""
        file = self._file(case, rows)
        if not case.reads:
            for old in self._folder.glob(file.name + "*"):
                old.unlink()
            shutil.copyfile(self._empty, file)
        elif not file.exists():
            self._make(file, rows)
        return f"sqlite:///{file}"

    def stored_checksum(self, case, rows):
        with contextlib.closing(sqlite3.connect(self._file(case, rows))) as connection:
            return checksum(connection.execute("select id, name, email from person"))

    def conditions(self):
        with contextlib.closing(sqlite3.connect(self._empty)) as connection:
            mode = connection.execute("pragma journal_mode").fetchone()[0]
            synchronous = connection.execute("pragma synchronous").fetchone()[0]
        levels = ("off", "normal", "full", "extra")
        return (
            f"SQLite {sqlite3.sqlite_version}, journal_mode={mode}, "
            f"synchronous={levels[synchronous]}, foreign_keys=on, file in {self._folder.parent}"
        )

    def _file(self, case, rows):
        return self._folder / (f"read-{rows}.db" if case.reads else "write.db")

    @staticmethod
    def _make(file, rows):
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("pragma journal_mode=wal")
            connection.execute(
                "create table person (id integer not null, name varchar not null, "
                "email varchar not null, primary key (id))"
            )
            connection.executemany("insert into person values (?, ?, ?)", make_people(rows))
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
        key = rows if case.reads else 0
        if key not in self._databases:
            self._make(key)
        url = self._url_of(key)
        if not case.reads:
            self._sql(url, "truncate person restart identity")
        return url

    def stored_checksum(self, case, rows):
        crc = zlib.crc32(self._sql(
            self._url_of(rows if case.reads else 0),
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

    def _make(self, rows):
        name = f"azoth_bench_{os.getpid()}_{rows}"
        self._sql(self._url, f'create database "{name}" template template0')
        self._databases[rows] = name
        self._sql(self._url, f'alter database "{name}" set synchronous_commit = off')
        url = self._url_of(rows)
        self._sql(
            url,
            "create table person (id bigint generated by default as identity primary key, "
            "name varchar not null, email varchar not null)",
        )
        if rows:
            lines = "".join(f"{id}|{name}|{email}\n" for id, name, email in make_people(rows))
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
