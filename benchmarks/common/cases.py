# SPDX-License-Identifier: MIT
"""The cases: what is done, how often, and how near to the driver Azoth is meant to come."""

from dataclasses import dataclass

DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Case:
    name: str
    rows: int
    what: str
    reads: bool  # whether the case finds `rows` rows in its table and leaves them alone
    targets: dict  # database: highest ratio to the driver that Azoth's Core is to have
    less_cpu_than_sqlalchemy: float = 2.5  # how many times less, at least


CASES = (
    Case(
        "insert_generated", 100_000,
        "rows inserted in one transaction, their generated ids brought back",
        reads=False, targets={"sqlite": 1.25, "postgresql": 1.15},
    ),
    Case(
        "insert_given", 100_000,
        "rows inserted in one transaction with the ids they have",
        reads=False, targets={"sqlite": 1.2, "postgresql": 1.15},
    ),
    Case(
        "load_rows", 500_000,
        "rows of three columns read into structs",
        reads=True, targets={"sqlite": 1.1, "postgresql": 1.1},
    ),
    Case(
        "select_by_key", 10_000,
        "rows read by primary key in one transaction, a statement each, which Azoth and SQLAlchemy "
        "build anew each time",
        reads=True, targets={"sqlite": 1.8, "postgresql": 1.1}, less_cpu_than_sqlalchemy=10,
    ),
    Case(
        "insert_commit", 10_000,
        "rows inserted in a transaction each, the generated id seen before the commit",
        reads=False, targets={"sqlite": 1.15, "postgresql": 1.1},
    ),
)


def chosen(names):
    """The cases of these names, or all; a ValueError for a name that is none."""
    known = {case.name: case for case in CASES}
    for name in names or ():
        if name not in known:
            raise ValueError(f"there is no case {name}; there are {', '.join(known)}")
    return [case for case in CASES if not names or case.name in names]
