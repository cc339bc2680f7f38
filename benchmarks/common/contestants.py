# SPDX-License-Identifier: MIT
"""The contestants and how they are started."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
# Debian's own Python has Debian's SQLAlchemy, whatever other Python comes first in the path.
DEBIAN_PYTHON = "/usr/bin/python3"


class BenchmarkError(Exception):
    """What went wrong, in words for the person at the terminal."""


@dataclass(frozen=True)
class Contestant:
    name: str
    what: str
    program: str = ""  # in <build>/benchmarks; {database} stands for the database's name
    script: str = ""
    only: tuple = ()  # of (database, case); empty: it takes part in everything

    def takes_part(self, database, case):
        return not self.only or (database, case) in self.only

    def argv(self, build, database):
        if self.script:
            python = DEBIAN_PYTHON if Path(DEBIAN_PYTHON).exists() else sys.executable
            return [python, str(BENCHMARKS / self.script)]
        program = build / "benchmarks" / self.program.format(database=database)
        if not program.exists():
            raise BenchmarkError(
                f"{program} is missing: configure with -DAZOTH_BUILD_BENCHMARKS=ON and build"
            )
        return [str(program)]


CONTESTANTS = (
    Contestant("driver", "the raw C API, by hand", program="bench_driver_{database}"),
    Contestant(
        "shortcut", "the raw C API by means that do not fit every program: SQLite, VALUES lists of 100 rows; "
        "PostgreSQL, COPY, and single inserts without a transaction around them",
        program="bench_shortcut_{database}",
        only=(
            ("sqlite", "insert_given"), ("postgresql", "insert_given"), ("postgresql", "insert_commit"),
        ),
    ),
    Contestant("core", "Azoth's Core with typed tables", program="bench_core"),
    Contestant("soci", "SOCI", program="bench_soci"),
    Contestant("sqlalchemy", "SQLAlchemy's Core under Python", script="sqlalchemy/core.py"),
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
