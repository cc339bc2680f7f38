#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks docs/parity.tsv: what Azoth has of SQLAlchemy and Alembic, and which tests prove it.

  parity.py [--root CHECKOUT] [--results FOLDER]

Every id of scripts/parity_ids.txt has one line, in that order: id, status, evidence, title. The status is

  done     the evidence names tests, as Suite.Name and separated by commas; each must be in the JSON
           results that GoogleTest left in FOLDER, and must have passed
  differs  the evidence is docs/differences.md#anchor, which must exist; it may name tests after that
  later    no evidence

Without --results the existence and the success of tests are not checked.
"""

import argparse
import collections
import json
import re
import sys
from pathlib import Path

DIFFERENCES = "docs/differences.md"
STATUSES = ("done", "differs", "later")
TEST_NAME = re.compile(r"^[A-Za-z]\w*\.[A-Za-z]\w*$")

Line = collections.namedtuple("Line", "number id status evidence title")


def read_lines(path):
    """The lines of the table, and faults of its form."""
    lines, faults = [], []
    for number, text in enumerate(path.read_text().splitlines(), 1):
        fields = text.split("\t")
        if number == 1:
            if fields != ["id", "status", "evidence", "title"]:
                faults.append(f"line 1: the columns are id, status, evidence, title, not {text!r}")
        elif len(fields) != 4:
            faults.append(f"line {number}: {len(fields)} columns, not 4")
        else:
            lines.append(Line(number, *(field.strip() for field in fields)))
    return lines, faults


def check_ids(lines, ids):
    here = [line.id for line in lines]
    yield from (f"{wanted}: no line" for wanted in ids if wanted not in set(here))
    yield from (f"line {line.number}: {line.id} is not a known id" for line in lines if line.id not in set(ids))
    yield from (f"{twice}: more than one line" for twice, n in collections.Counter(here).items() if n > 1)
    if sorted(here) == sorted(ids) and here != ids:
        yield "the lines are not in the order of scripts/parity_ids.txt"


def names_in(evidence):
    return [name.strip() for name in evidence.split(",") if name.strip()]


def check_line(line, anchors, results):
    if not line.title:
        yield "no title"
    if line.status not in STATUSES:
        yield f"the status is {line.status!r}, not one of {', '.join(STATUSES)}"
        return
    names = names_in(line.evidence)
    if line.status == "later":
        if names:
            yield "'later' has no evidence"
        return
    if not names:
        yield f"'{line.status}' without evidence"
        return
    if line.status == "differs":
        document, _, anchor = names.pop(0).partition("#")
        if document != DIFFERENCES or not anchor:
            yield f"the evidence of 'differs' begins with {DIFFERENCES}#anchor"
        elif anchor not in anchors:
            yield f"{DIFFERENCES} has no anchor #{anchor}"
    for name in names:
        if not TEST_NAME.match(name):
            yield f"{name!r} is not a test's name (Suite.Name)"
        elif results is not None:
            yield from check_test(name, results)


def check_test(name, results):
    outcomes = results.get(name)
    if not outcomes:
        yield f"test {name} did not run"
    elif "failed" in outcomes:
        yield f"test {name} failed"
    elif "passed" not in outcomes:
        yield f"test {name} was skipped everywhere"


def read_anchors(path):
    """The anchors of a Markdown document: of its headings, as GitHub makes them, and explicit ones."""
    anchors = set()
    if not path.exists():
        return anchors
    for line in path.read_text().splitlines():
        anchors.update(re.findall(r'<a (?:id|name)="([^"]+)"', line))
        if heading := re.match(r"#+\s+(.*?)\s*#*$", line):
            words = re.sub(r"[^\w\- ]", "", heading[1].lower())
            anchors.add(words.replace(" ", "-"))
    return anchors


def read_results(folder):
    """What became of each test: "Suite.Name" to the outcomes of all its instances.

    GoogleTest calls the instances of a parameterized test Prefix/Suite.Name/7, those of a typed one
    Suite/7.Name; here they all count for Suite.Name.
    """
    results = collections.defaultdict(set)
    for path in sorted(folder.rglob("*.json")):
        for suite in json.loads(path.read_text())["testsuites"]:
            for test in suite["testsuite"]:
                if test.get("status") != "RUN":
                    continue
                if test.get("failures"):
                    outcome = "failed"
                else:
                    outcome = {"COMPLETED": "passed", "SKIPPED": "skipped"}.get(test.get("result"), "failed")
                name = test["name"].split("/")[0]
                for part in test["classname"].split("/"):
                    results[f"{part}.{name}"].add(outcome)
    return results


def check(root, results_folder):
    """All faults, and the count of each status."""
    table = root / "docs" / "parity.tsv"
    ids = (root / "scripts" / "parity_ids.txt").read_text().split()
    lines, faults = read_lines(table)
    faults += check_ids(lines, ids)
    anchors = read_anchors(root / DIFFERENCES)
    results = None if results_folder is None else read_results(results_folder)
    for line in lines:
        faults += [f"line {line.number}, {line.id}: {fault}" for fault in check_line(line, anchors, results)]
    return faults, collections.Counter(line.status for line in lines)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--results", type=Path)
    options = parser.parse_args(argv)
    faults, counts = check(options.root, options.results)
    for fault in faults:
        print(f"docs/parity.tsv: {fault}")
    total = sum(counts.values())
    print(f"parity: {', '.join(f'{counts[status]} {status}' for status in STATUSES)}, {total} in all")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
