#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""SQLAlchemy's drivers by hand, sqlite3, psycopg2 and mysqlclient: what its ORM stands on, and is measured
against."""

import sqlite3
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))

import MySQLdb  # noqa: E402
import psycopg2  # noqa: E402
import psycopg2.extras  # noqa: E402
from contestant import Looked, run  # noqa: E402

COLUMNS = "select id, name, email from person"
PAGE = 1000


class Sqlite:
    insert = "insert into person (name, email) values (:name, :email)"
    by_key = COLUMNS + " where id = ?"

    def __init__(self, url):
        self.connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        self.connection.execute("PRAGMA foreign_keys=on")
        self.cursor = self.connection.cursor()
        self.version = "sqlite " + sqlite3.sqlite_version

    def insert_one(self, row):
        return self.cursor.execute(self.insert, row).lastrowid

    def insert_generated(self, parameters):
        ids = [self.insert_one(row) for row in parameters]
        self.connection.commit()
        return ids

    def insert_given(self, parameters):
        self.cursor.executemany("insert into person values (:id, :name, :email)", parameters)
        self.connection.commit()

    def write(self, changed):
        self.cursor.executemany("update person set email = ? where id = ?", changed)


class Postgresql:
    insert = "insert into person (name, email) values (%(name)s, %(email)s) returning id"
    by_key = COLUMNS + " where id = %s"

    def __init__(self, url):
        self.connection = psycopg2.connect(url)
        self.cursor = self.connection.cursor()
        self.version = "psycopg2 " + psycopg2.__version__.split()[0]

    def insert_one(self, row):
        self.cursor.execute(self.insert, row)
        return self.cursor.fetchone()[0]

    def insert_generated(self, parameters):
        rows = psycopg2.extras.execute_values(
            self.cursor, "insert into person (name, email) values %s returning id", parameters,
            template="(%(name)s, %(email)s)", page_size=PAGE, fetch=True,
        )
        self.connection.commit()
        return [row[0] for row in rows]

    def insert_given(self, parameters):
        psycopg2.extras.execute_values(
            self.cursor, "insert into person (id, name, email) values %s", parameters,
            template="(%(id)s, %(name)s, %(email)s)", page_size=PAGE,
        )
        self.connection.commit()

    def write(self, changed):
        psycopg2.extras.execute_batch(
            self.cursor, "update person set email = %s where id = %s", changed, page_size=PAGE
        )


class Mariadb:
    insert = "insert into person (name, email) values (%(name)s, %(email)s)"
    by_key = COLUMNS + " where id = %s"

    def __init__(self, url):
        parts = urlsplit(url)
        place = {"unix_socket": parse_qs(parts.query)["unix_socket"][0]} if parts.query else {"host": parts.hostname}
        self.connection = MySQLdb.connect(
            user=parts.username, password=parts.password, database=parts.path[1:], port=parts.port or 0,
            charset="utf8mb4", **place,
        )
        self.cursor = self.connection.cursor()
        self.version = "mysqlclient " + MySQLdb.__version__

    def insert_one(self, row):
        self.cursor.execute(self.insert, row)
        return self.cursor.lastrowid

    def insert_generated(self, parameters):
        ids = [self.insert_one(row) for row in parameters]
        self.connection.commit()
        return ids

    def insert_given(self, parameters):
        self.cursor.executemany("insert into person values (%(id)s, %(name)s, %(email)s)", parameters)
        self.connection.commit()

    def write(self, changed):
        self.cursor.executemany("update person set email = %s where id = %s", changed)


RAW = {"sqlite": Sqlite, "postgresql": Postgresql, "mariadb": Mariadb}


class Driver:
    def __init__(self, url):
        self.raw = RAW[url.partition(":")[0]](url)
        self.version = self.raw.version
        self.insert_generated = self.raw.insert_generated
        self.insert_given = self.raw.insert_given

    def rows(self):
        self.raw.cursor.execute(COLUMNS)
        return self.raw.cursor.fetchall()

    def row(self, key):
        self.raw.cursor.execute(self.raw.by_key, (key,))
        return self.raw.cursor.fetchone()

    def load_tracked(self):
        looked = Looked()
        for row in self.rows():
            looked.add(*row)
        return looked

    def load_const(self):
        looked = Looked()
        self.raw.cursor.execute(COLUMNS)
        for row in self.raw.cursor:
            looked.add(*row)
        return looked

    def select_by_key(self, keys):
        rows = [self.row(key) for key in keys]
        self.raw.connection.commit()
        return rows

    def get(self, keys):
        looked = Looked()
        for key in keys:
            looked.add(*self.row(key))
        self.raw.connection.commit()
        return looked

    def update(self):
        rows = self.rows()
        self.raw.write([(email[1:], id) for id, _, email in rows])
        self.raw.connection.commit()
        return len(rows)

    def insert_commit(self, parameters):
        ids = []
        for row in parameters:
            ids.append(self.raw.insert_one(row))
            self.raw.connection.commit()
        return ids


if __name__ == "__main__":
    run("python_driver", Driver)
