# SPDX-License-Identifier: MIT
"""SQLite as a service: nothing to start, but each database needs a directory of its own."""

import shutil


class SqliteFiles:
    name = "SQLite"

    def __init__(self, directory):
        self._directory = directory

    def running(self):
        return self._directory.is_dir()

    def start(self):
        self._directory.mkdir(parents=True)

    def stop(self):
        shutil.rmtree(self._directory, ignore_errors=True)

    def create(self, database):
        (self._directory / database).mkdir()

    def drop(self, database):
        shutil.rmtree(self._directory / database)

    def urls(self, database):
        return [f"sqlite:///{self._directory / database / 'test.db'}", "sqlite://"]

    def environment(self, _database):
        return {}

    def describe(self):
        return f"SQLite: files in {self._directory}" if self.running() else "SQLite: not set up"
