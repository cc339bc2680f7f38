#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""SQLAlchemy's ORM with objects that lead to each other: mapped classes and a session."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "common"))

from contestant import run_graphs  # noqa: E402
from core import open_engine, versions  # noqa: E402
from places import LEVELS  # noqa: E402
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, select  # noqa: E402
from sqlalchemy.orm import Session, declarative_base, joinedload, relationship, selectinload  # noqa: E402

Base = declarative_base()
Key = BigInteger().with_variant(Integer, "sqlite")


class Author(Base):
    __tablename__ = "author"
    id = Column(Key, primary_key=True)
    name = Column(String, nullable=False)
    books = relationship("Book", back_populates="author")


class Book(Base):
    __tablename__ = "book"
    id = Column(Key, primary_key=True)
    author_id = Column(BigInteger, ForeignKey("author.id"), nullable=False)
    title = Column(String, nullable=False)
    author = relationship("Author", back_populates="books")


def place_class(level):
    """The class of a level of places."""
    name = LEVELS[level]
    members = {
        "__tablename__": name,
        "id": Column(Key, primary_key=True),
        "name": Column(String, nullable=False),
    }
    if level > 0:
        outer = LEVELS[level - 1]
        members["within_id"] = Column(BigInteger, ForeignKey(outer + ".id"), nullable=False)
        members["within"] = relationship(outer.title(), back_populates="places")
    if level + 1 < len(LEVELS):
        members["places"] = relationship(LEVELS[level + 1].title(), back_populates="within")
    return type(name.title(), (Base,), members)


PLACES = [place_class(level) for level in range(len(LEVELS))]


def make_objects(places, level=0):
    """The objects of the places; those of the innermost level have none within."""
    made = PLACES[level]
    if made is PLACES[-1]:
        return [made(name=name) for name, _ in places]
    return [made(name=name, places=make_objects(within, level + 1)) for name, within in places]


def count_stored(objects):
    """How many there are in all that have a key."""
    return sum(
        (one.id is not None) + count_stored(getattr(one, "places", ())) for one in objects
    )


class Orm:
    def __init__(self, url):
        engine = open_engine(url)
        engine.connect().close()
        self.session = Session(engine, future=True)
        self.version = versions(engine)

    def look_at(self, statement):
        looked_at = [
            ((author.id, author.name), [(book.id, book.title) for book in author.books])
            for author in self.session.execute(statement).unique().scalars().all()
        ]
        self.session.close()
        return looked_at

    def load_selectin(self):
        return self.look_at(select(Author).options(selectinload(Author.books)))

    def load_joined(self):
        return self.look_at(select(Author).options(joinedload(Author.books)))

    def insert_graph(self, places):
        objects = make_objects(places)
        self.session.add_all(objects)
        self.session.flush()
        stored = count_stored(objects)
        self.session.commit()
        return stored


if __name__ == "__main__":
    run_graphs("sqlalchemy_orm", Orm)
