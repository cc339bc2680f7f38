# SPDX-License-Identifier: MIT
"""The contestants and how they are started."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cases import DATABASES
from datasets import OLD

BENCHMARKS = Path(__file__).resolve().parent.parent
# Debian's own Python has Debian's SQLAlchemy, whatever other Python comes first in the path.
DEBIAN_PYTHON = "/usr/bin/python3"


class BenchmarkError(Exception):
    """What went wrong, in words for the person at the terminal."""


@dataclass(frozen=True)
class Contestant:
    name: str
    what: str
    program: str = ""  # in <build>/benchmarks; {database} stands for the database's name, {suite} for the case's
    script: str = ""
    plays: str = ""  # the contestant whose cases it shares; by default those that name it
    databases: tuple = DATABASES  # that it knows
    only: tuple = ()  # of (database, case), where it has a part in few

    def takes_part(self, database, case):
        if database not in self.databases or database not in case.databases:
            return False
        if self.only:
            return (database, case.name) in self.only
        return case.takes_part(self.plays or self.name) and self.name not in case.left_out

    def argv(self, build, database, case):
        if self.script:
            python = DEBIAN_PYTHON if Path(DEBIAN_PYTHON).exists() else sys.executable
            return [python, str(BENCHMARKS / self.script.format(suite=case.suite))]
        program = build / "benchmarks" / self.program.format(database=database, suite=case.suite)
        if not program.exists():
            raise BenchmarkError(
                f"{program} is missing: configure with -DAZOTH_BUILD_BENCHMARKS=ON and build"
            )
        return [str(program)]


CONTESTANTS = (
    Contestant("driver", "the raw C API, by hand", program="bench_{suite}driver_{database}"),
    Contestant(
        "shortcut", "the raw C API by means that do not fit every program: SQLite, VALUES lists of 100 rows; "
        "PostgreSQL, COPY, and single inserts without a transaction around them",
        program="bench_shortcut_{database}",
        only=(
            ("sqlite", "insert_given"), ("postgresql", "insert_given"), ("postgresql", "insert_commit"),
        ),
    ),
    Contestant("core", "Azoth's Core with typed tables", program="bench_core"),
    Contestant("orm", "Azoth's ORM: a mapped struct and a session", program="bench_{suite}orm"),
    Contestant(
        "soci", "SOCI", program="bench_soci", plays="core", databases=("sqlite", "postgresql"),
    ),
    Contestant("sqlalchemy", "SQLAlchemy's Core under Python", script="sqlalchemy/core.py", plays="core"),
    Contestant("sqlalchemy_orm", "SQLAlchemy's ORM under Python", script="sqlalchemy/{suite}orm.py", plays="orm"),
    Contestant("python_driver", "SQLAlchemy's drivers, by hand", script="sqlalchemy/{suite}driver.py", plays="orm"),
)


def chosen(names):
    """The contestants of these names, or all; a ValueError for a name that is none."""
    known = {contestant.name: contestant for contestant in CONTESTANTS}
    for name in names or ():
        if name not in known:
            raise ValueError(f"there is no contestant {name}; there are {', '.join(known)}")
    return [one for one in CONTESTANTS if not names or one.name in names]


def run_program(argv):
    """Runs a program that prints JSON, one object a line, and returns the objects."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise BenchmarkError(f"{' '.join(argv)} failed:\n{done.stderr.strip() or done.stdout.strip()}")
    try:
        return [json.loads(line) for line in done.stdout.splitlines()]
    except ValueError:
        raise BenchmarkError(f"{' '.join(argv)} printed something else than JSON:\n{done.stdout}") from None


def run_case(argv, url, case, rows):
    """One run of one contestant: its line of results."""
    lines = run_program([*argv, "--database", url, "--case", case, "--rows", str(rows)])
    if len(lines) != 1:
        raise BenchmarkError(f"{' '.join(argv)} printed {len(lines)} lines where one was expected")
    return lines[0]


def check_rows(line, case):
    """Throws BenchmarkError where a contestant read or wrote other rows than it was to."""
    if case.table == OLD:
        return  # It prints none: what is stored tells.
    expected = case.data.expected_read(case, line["rows"])
    if expected is not None:
        expect(line, expected, line["checksum"], "rows have")


def expect(line, expected, checksum, what):
    """Throws BenchmarkError where a checksum is not what it should be."""
    if checksum != expected:
        raise BenchmarkError(
            f"{line['contestant']}, {line['case']} on {line['database']}: {what} checksum {checksum}, "
            f"expected {expected}"
        )
