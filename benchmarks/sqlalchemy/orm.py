#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""SQLAlchemy's ORM, Debian's version, over sqlite3, psycopg2 and mysqlclient: a mapped class and a session."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))

from contestant import Looked, run  # noqa: E402
from core import open_engine, versions  # noqa: E402
from sqlalchemy import BigInteger, Column, Integer, String, select  # noqa: E402
from sqlalchemy.orm import Session, declarative_base  # noqa: E402

Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    name = Column(String, nullable=False)
    email = Column(String, nullable=False)


class Orm:
    def __init__(self, url):
        engine = open_engine(url)
        engine.connect().close()
        self.session = Session(engine, future=True)
        self.version = versions(engine)

    def insert_generated(self, parameters):
        added = [Person(**row) for row in parameters]
        self.session.add_all(added)
        self.session.flush()
        ids = [person.id for person in added]
        self.session.commit()
        return ids

    def insert_given(self, parameters):
        self.session.add_all([Person(**row) for row in parameters])
        self.session.commit()

    def load_tracked(self):
        looked = Looked()
        for person in self.session.execute(select(Person)).scalars().all():
            looked.add(person.id, person.name, person.email)
        self.session.close()
        return looked

    def load_const(self):
        looked = Looked()
        statement = select(Person).execution_options(yield_per=1000)
        for person in self.session.execute(statement).scalars():
            looked.add(person.id, person.name, person.email)
        self.session.close()
        return looked

    def select_by_key(self, keys):
        rows = []
        for key in keys:
            person = self.session.execute(select(Person).where(Person.id == key)).scalars().one()
            rows.append((person.id, person.name, person.email))
        self.session.commit()
        return rows

    def get(self, keys):
        looked = Looked()
        for key in keys:
            person = self.session.get(Person, key)
            looked.add(person.id, person.name, person.email)
        self.session.commit()
        return looked

    def update(self):
        people = self.session.execute(select(Person)).scalars().all()
        for person in people:
            person.email = person.email[1:]
        self.session.commit()
        return len(people)

    def insert_commit(self, parameters):
        ids = []
        for row in parameters:
            person = Person(**row)
            self.session.add(person)
            self.session.flush()
            ids.append(person.id)
            self.session.commit()
        return ids


if __name__ == "__main__":
    run("sqlalchemy_orm", Orm)
