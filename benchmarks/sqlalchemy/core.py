#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""SQLAlchemy Core, Debian's version, over sqlite3, psycopg2 and mysqlclient, in its best ordinary form.

Many rows go in one executemany. On PostgreSQL psycopg2's execute_values sends pages of 1,000 rows and
brings the generated keys back; for SQLite and MariaDB, SQLAlchemy 1.4 knows no RETURNING, so rows whose
keys are wanted go one by one. Rows come as SQLAlchemy's own Row, a tuple with names.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))

import sqlalchemy  # noqa: E402
from contestant import run  # noqa: E402
from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, event, insert, select  # noqa: E402


def versions(engine):
    """SQLAlchemy's version and its driver's."""
    driver = engine.dialect.dbapi
    if engine.dialect.driver == "pysqlite":
        below = "sqlite " + driver.sqlite_version
    else:
        name = "mysqlclient" if driver.__name__ == "MySQLdb" else driver.__name__
        below = f"{name} {driver.__version__.split()[0]}"
    return f"sqlalchemy {sqlalchemy.__version__}, {below}"


def open_engine(url):
    """An engine with the settings of Azoth's connections."""
    character_set = {"charset": "utf8mb4"} if url.startswith("mariadb:") else {}
    engine = sqlalchemy.create_engine(url, future=True, connect_args=character_set)
    if url.startswith("sqlite:"):
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=on"))
    return engine


class Core:
    def __init__(self, url):
        self.person = Table(
            "person",
            MetaData(),
            Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
            Column("name", String, nullable=False),
            Column("email", String, nullable=False),
        )
        engine = open_engine(url)
        self.connection = engine.connect()
        self.has_returning = engine.dialect.name == "postgresql"
        self.version = versions(engine)

    def insert_generated(self, parameters):
        if self.has_returning:
            statement = insert(self.person).returning(self.person.c.id)
            ids = self.connection.execute(statement, parameters).scalars().all()
        else:
            statement = insert(self.person)
            ids = [
                self.connection.execute(statement, row).inserted_primary_key[0] for row in parameters
            ]
        self.connection.commit()
        return ids

    def insert_given(self, parameters):
        self.connection.execute(insert(self.person), parameters)
        self.connection.commit()

    def load_rows(self):
        return self.connection.execute(select(self.person)).all()

    def select_by_key(self, keys):
        person = self.person
        rows = [
            self.connection.execute(select(person).where(person.c.id == key)).one() for key in keys
        ]
        self.connection.commit()
        return rows

    def insert_commit(self, parameters):
        ids = []
        for row in parameters:
            ids.append(
                self.connection.execute(insert(self.person), row).inserted_primary_key[0]
            )
            self.connection.commit()
        return ids


if __name__ == "__main__":
    run("sqlalchemy", Core)
