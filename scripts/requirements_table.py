#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps docs/requirements.md: which database meets which requirement of the compliance suite.

  requirements_table.py --root CHECKOUT [--write]

The table is made of tests/support/requirements.hpp: of each member, its remark and the expression that it is
initialised with. Without --write it is compared with the page; what is out of date is an error.
"""

import argparse
import re
import sys
from pathlib import Path

# The labels of databases.cpp, and what the page calls them.
DATABASES = {"sqlite_file": "SQLite", "sqlite_memory": "… in memory", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
HEADER = "tests/support/requirements.hpp"
PAGE = "docs/requirements.md"

INITIALIZER = re.compile(r"^\s*[:]?\s*(\w+)\((.+)\)(?:,| \{\})$")
MEMBER = re.compile(r"^\s*bool (\w+);(?:\s*///<\s*(.+))?$")
CONTINUED = re.compile(r"^\s*///<\s*(.+)$")

INTRODUCTION = """# What the databases can do

The compliance suite (`tests/compliance/`) runs every test on every database. What one of them can't do is declared in
`tests/support/requirements.hpp`, of which `scripts/requirements_table.py --write` makes this table; the tests then expect
the exception, or the other result, that is meant there. [databases.md](databases.md) says more on each database.

"""


class Fault(Exception):
    pass


def initializers(text):
    """Each requirement's name with the expression that says whether it is met."""
    body = text[text.index("explicit Requirements("):text.index("bool sqlite;")]
    found = {}
    for line in body.splitlines()[1:]:
        if not line.strip():
            continue
        if not (match := INITIALIZER.match(line)):
            raise Fault(f"{HEADER}: not understood: {line.strip()}")
        found[match[1]] = match[2]
    return found


def remarks(text):
    """Each requirement's name with what is said of it."""
    found, last = {}, None
    for line in text[text.index("bool sqlite;"):].splitlines():
        if match := MEMBER.match(line):
            last = match[1]
            found[last] = match[2] or ""
        elif (match := CONTINUED.match(line)) and last:
            found[last] += " " + match[1]
    return found


def evaluate(expression, label, known):
    """One of: name, !name, database.like == "x", != "x", .starts_with("x")."""
    expression = expression.strip()
    if match := re.fullmatch(r'database\.like (==|!=) "(\w+)"', expression):
        return (label == match[2]) == (match[1] == "==")
    if match := re.fullmatch(r'database\.like\.starts_with\("(\w+)"\)', expression):
        return label.startswith(match[1])
    if match := re.fullmatch(r"(!?)(\w+)", expression):
        if match[2] not in known:
            raise Fault(f"{HEADER}: {match[2]} is used before it is known")
        return known[match[2]] != (match[1] == "!")
    raise Fault(f"{HEADER}: not understood: {expression}")


def make_page(text):
    expressions, said = initializers(text), remarks(text)
    if list(expressions) != list(said):
        raise Fault(f"{HEADER}: members and initialisers differ: "
                    + ", ".join(sorted(set(expressions) ^ set(said)) or ["in their order"]))
    met = {}
    for label in DATABASES:
        known = {}
        for name, expression in expressions.items():
            known[name] = evaluate(expression, label, known)
        met[label] = known
    lines = ["| requirement | " + " | ".join(DATABASES.values()) + " | |", "|---|" + "---|" * len(DATABASES) + "---|"]
    for name in expressions:
        if name in ("sqlite", "postgresql", "mariadb"):
            continue
        cells = ["yes" if met[label][name] else "no" for label in DATABASES]
        lines.append(f"| `{name}` | " + " | ".join(cells) + f" | {said[name]} |")
    return INTRODUCTION + "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    try:
        page = make_page((options.root / HEADER).read_text())
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    path = options.root / PAGE
    if options.write:
        path.write_text(page)
    elif not path.exists() or path.read_text() != page:
        print(f"{PAGE} is out of date: scripts/requirements_table.py --root . --write", file=sys.stderr)
        return 1
    print(f"requirements: {page.count('| `')} on {len(DATABASES)} databases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
