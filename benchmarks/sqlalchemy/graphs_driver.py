#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""SQLAlchemy's drivers by hand, sqlite3 and psycopg2, with rows that lead to each other."""

import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))

import psycopg2  # noqa: E402
import psycopg2.extras  # noqa: E402
from contestant import run_graphs  # noqa: E402
from places import LEVELS  # noqa: E402

PAGE = 1000


class Sqlite:
    def __init__(self, url):
        self.connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        self.connection.execute("PRAGMA foreign_keys=on")
        self.cursor = self.connection.cursor()
        self.version = "sqlite " + sqlite3.sqlite_version

    def insert(self, table, columns, rows):
        """The generated keys of the rows."""
        marks = ", ".join("?" * len(columns))
        statement = f"insert into {table} ({', '.join(columns)}) values ({marks})"
        return [self.cursor.execute(statement, row).lastrowid for row in rows]


class Postgresql:
    def __init__(self, url):
        self.connection = psycopg2.connect(url)
        self.cursor = self.connection.cursor()
        self.version = "psycopg2 " + psycopg2.__version__.split()[0]

    def insert(self, table, columns, rows):
        """The generated keys of the rows."""
        statement = f"insert into {table} ({', '.join(columns)}) values %s returning id"
        made = psycopg2.extras.execute_values(self.cursor, statement, rows, page_size=PAGE, fetch=True)
        return [row[0] for row in made]


class Driver:
    def __init__(self, url):
        self.raw = (Sqlite if url.startswith("sqlite:") else Postgresql)(url)
        self.version = self.raw.version

    def load_library(self):
        cursor = self.raw.cursor
        cursor.execute("select id, name from author")
        authors = [(row, []) for row in cursor.fetchall()]
        books = {row[0]: of for row, of in authors}
        cursor.execute("select id, author_id, title from book")
        for id, author_id, title in cursor.fetchall():
            books[author_id].append((id, title))
        return authors

    load_selectin = load_library
    load_joined = load_library

    def insert_graph(self, places):
        """Level by level, as the keys of one are what the next one refers to."""
        keys = self.raw.insert(LEVELS[0], ("name",), [(name,) for name, _ in places])
        stored = len(keys)
        for level in LEVELS[1:]:
            rows, inside = [], []
            for key, (_, within) in zip(keys, places, strict=True):
                rows += [(key, name) for name, _ in within]
                inside += within
            keys, places = self.raw.insert(level, ("within_id", "name"), rows), inside
            stored += len(keys)
        self.raw.connection.commit()
        return stored


if __name__ == "__main__":
    run_graphs("python_driver", Driver)
