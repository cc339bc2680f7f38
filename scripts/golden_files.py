#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sees that every finished feature of the SQL language has golden SQL.

  golden_files.py --root CHECKOUT

A line of docs/parity.tsv of the types (1.5) or the language (1.6) that is done, or done differently, must have a
folder tests/sql/<id> with a file; every folder must be of such a line, and every file must have a part for each
dialect. Features that are no SQL are listed here.
"""

import argparse
import pathlib
import re
import sys

DIALECTS = ["sqlite", "postgresql", "mariadb", "mssql", "oracle"]
WITHOUT_SQL = {
    "1.5-9",  # refused by the compiler: tests/compile_fail
    "1.6-31",  # a statement as text: whatever SQL it has
    "1.6-33",  # how statements are told apart
}


def finished(root):
    """The ids of features of the language, with whether they are finished."""
    states = {}
    for line in (root / "docs/parity.tsv").read_text().splitlines():
        cells = line.split("\t")
        if re.match(r"1\.[56]-", cells[0]):
            states[cells[0]] = cells[1] in ("done", "differs")
    return states


def problems_of(file):
    """What a file lacks."""
    parts = re.findall(r"^-- (\w+)\n(.+)", file.read_text(), re.MULTILINE)
    if [dialect for dialect, _ in parts] != DIALECTS:
        yield f"{file}: has not one part for each of {', '.join(DIALECTS)}, in this order"


def problems(root):
    states = finished(root)
    folders = {path.name: path for path in (root / "tests/sql").iterdir() if path.is_dir()}
    for feature, done in states.items():
        if done and feature not in WITHOUT_SQL and feature not in folders:
            yield f"docs/parity.tsv: {feature} is finished, and there is no golden SQL in tests/sql/{feature}"
    for name, folder in sorted(folders.items()):
        files = sorted(folder.glob("*.sql"))
        if name not in states:
            yield f"{folder}: there is no such line in docs/parity.tsv"
        if not files:
            yield f"{folder}: is empty"
        for file in files:
            yield from problems_of(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    root = parser.parse_args().root
    found = list(problems(root))
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        count = sum(1 for _ in (root / "tests/sql").glob("*/*.sql"))
        print(f"golden SQL: {count} constructs on {len(DIALECTS)} dialects")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
