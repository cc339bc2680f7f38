# SPDX-License-Identifier: MIT
"""The cases: what is done, how often, and how near to the driver Azoth is meant to come."""

from dataclasses import dataclass

from datasets import EMPTY, FILLED, OLD, Library, People, Places

DATABASES = ("sqlite", "postgresql", "mariadb")


@dataclass(frozen=True)
class Case:
    name: str
    rows: int
    what: str
    targets: dict  # contestant: {database: highest ratio to the driver that it is to have}
    table: str = EMPTY
    data: type = People
    generates_keys: bool = False  # whether a statement of many rows leaves it to the database to give them ids
    digests: bool = False  # whether the contestants print the rows' digest, where others print a checksum
    less_cpu_than_sqlalchemy: float = 2.5  # how many times less Azoth's Core takes, at least
    databases: tuple = DATABASES  # that it is run on
    suite: str = ""  # what the names of the programs begin with
    left_out: tuple = ()  # contestants that would take too long
    compared_with: tuple = ()  # another case, and the highest ratio of the ORM's time to its time there

    def takes_part(self, contestant):
        """Whether a contestant with a part in everything has one here."""
        return contestant in ("driver", *self.targets)

    def target(self, contestant, database):
        """The highest ratio to the driver that this contestant is to have, or None."""
        return self.targets.get(contestant, {}).get(database)


def each(sqlite, postgresql, mariadb=None):
    return dict(zip(DATABASES, (sqlite, postgresql, mariadb)))


def graphs(name, data, table, what, **more):
    """A case of objects that lead to each other: they have no target against the driver, but SQLAlchemy's.
    They are not run on MariaDB: what the mapper does there for such objects is what it does elsewhere."""
    return Case(
        name, 100_000, what, {"orm": each(None, None)}, table=table, data=data, suite="graphs_",
        databases=("sqlite", "postgresql"), **more,
    )


CASES = (
    Case(
        "insert_generated", 100_000,
        "rows inserted in one transaction, their generated ids brought back",
        {"core": each(1.25, 1.15, 1.3), "orm": each(1.6, 1.25)}, generates_keys=True,
    ),
    Case(
        "insert_given", 100_000,
        "rows inserted in one transaction with the ids they have",
        {"core": each(1.2, 1.15), "orm": each(1.3, 1.25)},
    ),
    Case(
        "load_rows", 500_000,
        "rows of three columns read into structs",
        {"core": each(1.1, 1.1, 1.2)}, table=FILLED,
    ),
    Case(
        "load_tracked", 500_000,
        "rows read into objects that a session watches (a driver's, into structs), then each looked at",
        {"orm": each(1.8, 1.4)}, table=FILLED, digests=True,
    ),
    Case(
        "load_const", 500_000,
        "rows looked at as objects (a driver's, structs) that are not kept",
        {"orm": each(1.15, 1.15)}, table=FILLED, digests=True,
    ),
    Case(
        "select_by_key", 10_000,
        "rows read by primary key in one transaction, a statement each, which Azoth and SQLAlchemy "
        "build anew each time",
        {"core": each(1.8, 1.1), "orm": each(2.0, 1.15)}, table=FILLED, less_cpu_than_sqlalchemy=10,
    ),
    Case(
        "get", 10_000,
        "objects taken by primary key from a session that has none of them, in one transaction",
        {"orm": each(1.5, 1.1)}, table=FILLED, digests=True,
    ),
    Case(
        "update", 100_000,
        "objects read, a column of each changed, and written back, in one transaction",
        {"orm": each(1.5, 1.3)}, table=OLD,
    ),
    Case(
        "insert_commit", 10_000,
        "rows inserted in a transaction each, the generated id seen before the commit",
        {"core": each(1.15, 1.1), "orm": each(1.2, 1.15)},
    ),
    graphs(
        "load_selectin", Library, FILLED,
        "authors read, each with its five books, by one statement for the authors and others for the books of many",
    ),
    graphs(
        "load_joined", Library, FILLED, "the same by one statement that joins them",
    ),
    graphs(
        "load_lazy", Library, FILLED,
        "the same where the loop looks at each author's books and nothing says so before; Azoth loads siblings",
        left_out=("sqlalchemy_orm", "python_driver"), compared_with=("load_selectin", 1.3),
    ),
    graphs(
        "insert_graph", Places, EMPTY,
        "objects on five levels (10, 90, 900, 9,000, 90,000) inserted in one transaction, their generated keys "
        "brought back and handed down",
    ),
)


def chosen(names):
    """The cases of these names, or all; a ValueError for a name that is none."""
    known = {case.name: case for case in CASES}
    for name in names or ():
        if name not in known:
            raise ValueError(f"there is no case {name}; there are {', '.join(known)}")
    return [case for case in CASES if not names or case.name in names]
