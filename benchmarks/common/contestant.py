# SPDX-License-Identifier: MIT
"""The main function of a contestant program in Python; the protocol is common/contestant.hpp's.

A contestant has `version` and a method for each case. Rows of people travel as tuples (id, name, email); the
methods that insert get the dictionaries that Python's libraries want for parameters, ready made.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from library import digest_of  # noqa: E402
from people import checksum, digest, make_keys, make_people  # noqa: E402
from places import make_places  # noqa: E402


class Looked:
    """The rows that a case looked at, which the measured loop only gathers: to take the digest costs Python
    more than to read a row, so that it is taken afterwards."""

    def __init__(self):
        self.rows = []

    def add(self, *row):
        self.rows.append(row)


def describe(made):
    """The number of rows that a case returned, and what tells whether they are the right ones."""
    if isinstance(made, int):
        return made, ""
    if isinstance(made, Looked):
        return len(made.rows), digest(made.rows)
    return len(made), checksum(made)


def run(contestant, make):
    """Runs one case of people with `make(url)` and prints its line of JSON."""
    run_prepared(contestant, make, prepare, describe)


def run_graphs(contestant, make):
    """The same for a case of objects that lead to each other: the methods that read return pairs of an author's
    row and its books' rows, the one that writes gets make_places() and returns how many it stored."""

    def prepare_graphs(made, case, count):
        if case != "insert_graph":
            return getattr(made, case)
        places = make_places(count)
        return lambda: made.insert_graph(places)

    def describe_graphs(made):
        return (made, "") if isinstance(made, int) else (len(made), digest_of(made))

    run_prepared(contestant, make, prepare_graphs, describe_graphs)


def run_prepared(contestant, make, prepare, describe):
    """Runs what `prepare(contestant, case, rows)` returns, and prints what `describe` says of its result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--case", required=True)
    parser.add_argument("--rows", type=int, required=True)
    options = parser.parse_args()

    made = make(options.database)
    work = prepare(made, options.case, options.rows)
    cpu_before = cpu_seconds()
    before = time.perf_counter()
    rows = work()
    seconds = time.perf_counter() - before
    client_cpu_seconds = cpu_seconds() - cpu_before
    count, printed = describe(rows)
    if count != options.rows:
        raise RuntimeError(f"got {count} rows where {options.rows} were expected")
    print(json.dumps({
        "case": options.case,
        "database": options.database.partition(":")[0],
        "contestant": contestant,
        "version": made.version,
        "rows": options.rows,
        "seconds": seconds,
        "client_cpu_seconds": client_cpu_seconds,
        "checksum": printed,
    }))


def prepare(contestant, case, count):
    """A function that runs the case and returns its rows; what it needs is made here."""
    if case in ("load_rows", "load_tracked", "load_const", "update"):
        return getattr(contestant, case)
    if case in ("select_by_key", "get"):
        keys = make_keys(count)
        read = getattr(contestant, case)
        return lambda: read(keys)
    people = list(make_people(count))
    if case == "insert_given":
        given = [{"id": id, "name": name, "email": email} for id, name, email in people]

        def insert_given():
            contestant.insert_given(given)
            return people

        return insert_given
    if case not in ("insert_generated", "insert_commit"):
        raise ValueError(f"unknown case {case}")
    parameters = [{"name": name, "email": email} for _, name, email in people]
    insert = getattr(contestant, case)
    return lambda: [(id, *row[1:]) for id, row in zip(insert(parameters), people, strict=True)]


def cpu_seconds():
    """User and system time of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
