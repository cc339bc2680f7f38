# SPDX-License-Identifier: MIT
"""What databases on a server have in common."""

import os
import subprocess
from urllib.parse import urlsplit

from contestants import BenchmarkError
from datasets import EMPTY, FILLED, OLD
from services import SERVICES


class ServerDatabase:
    """Databases of its own on one server: the one of `url`, or else the private one of
    scripts/services. Used in a `with` statement, which removes them.

    A kind of server has what SqliteDatabase has for run.py; `url_variable`, in which scripts/services
    names its Unix socket, as TCP would add TLS, and measure that; and

      _create(name), _drop(name)       a database of that name
      _sql(url, statement, data=None)  runs a statement and returns what it prints, as bytes
      _empty(url, tables)              takes all rows out, and begins anew with the keys
      _copy(url, table, lines)         stores rows, whose columns stand between `|`
      _settle(url, tables)             does what the server would do later by itself
    """

    def __init__(self, url=None):
        self._url = url
        self._holds_services = url is None
        self._databases = {}

    def __enter__(self):
        if self._holds_services:
            SERVICES.hold()
            self._url = SERVICES.url(self.url_variable)
        return self

    def __exit__(self, *_):
        for name in self._databases.values():
            self._drop(name)
        if self._holds_services:
            SERVICES.release()

    def prepare(self, case, rows):
        """Brings the case's tables into their first state; the URL for the contestant."""
        key = self._key(case, rows)
        if key not in self._databases:
            self._make(key, case, rows)
        url = self._url_of(key)
        if case.table == EMPTY:
            self._empty(url, self._tables(case))
        elif case.table == OLD:
            self._fill(url, case, rows)
        return url

    @staticmethod
    def _key(case, rows):
        """Cases that begin with the same rows share a database."""
        return case.data.name, case.table, 0 if case.table == EMPTY else rows

    @staticmethod
    def _tables(case):
        return [table.name for table in case.data.tables]

    def _make(self, key, case, rows):
        name = "_".join(map(str, ("azoth_bench", os.getpid(), *key)))
        self._create(name)
        self._databases[key] = name
        url = self._url_of(key)
        for table in case.data.tables:
            for statement in table.ddl(self.name):
                self._sql(url, statement)
        if case.table == FILLED:
            self._fill(url, case, rows)

    def _fill(self, url, case, rows):
        self._empty(url, self._tables(case))
        for name, content in case.data.rows(case.table, rows).items():
            lines = "".join("|".join(map(str, row)) + "\n" for row in content)
            self._copy(url, name, lines.encode())
        self._settle(url, self._tables(case))

    def _url_of(self, key):
        return urlsplit(self._url)._replace(path="/" + self._databases[key]).geturl()

    def _any_url(self):
        return next(map(self._url_of, self._databases), self._url)

    def _place(self):
        """How the server is reached."""
        return "over TCP" if urlsplit(self._url).hostname else "over its Unix socket"


def run_client(argv, sql, data, **more):
    """What a server's client program prints, as bytes, when it runs `sql` with `data` for its input."""
    done = subprocess.run(
        [*argv, sql], input=data, stdin=subprocess.DEVNULL if data is None else None,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more,
    )
    if done.returncode != 0:
        raise BenchmarkError(f"{argv[0]}: {sql[:80]}:\n{done.stderr.decode().strip()}")
    return done.stdout
