#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts instructions a row in the SQLite cases, at a twentieth of their size, under callgrind.

Wall time says what else the machine did; instructions repeat exactly. Only the measured section is
counted, SQLite's own work included. Writes instructions.json, instructions.md, and callgrind's output
of each run (callgrind.CASE.CONTESTANT), which callgrind_annotate turns into a profile.
"""

import argparse
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "common"))

import cases  # noqa: E402
import contestants  # noqa: E402
from contestants import BenchmarkError, check_rows, run_case  # noqa: E402
from databases import ROOT, open_database  # noqa: E402
from report import ratio, row, verdict  # noqa: E402

SHARE = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release", help="a build with the programs")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench", help="where the report goes")
    parser.add_argument("--cases", nargs="+", metavar="CASE", help="these alone")
    parser.add_argument("--contestants", nargs="+", metavar="NAME", default=["driver", "core", "orm"])
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        with open_database("sqlite") as database:
            entries = [
                count(options, database, case, one)
                for case in cases.chosen(options.cases)
                for one in contestants.chosen(options.contestants)
                if one.takes_part("sqlite", case)
            ]
    except (BenchmarkError, ValueError) as error:
        print(f"bench-instructions: {error}", file=sys.stderr)
        return 1
    compare(entries)
    (options.output / "instructions.json").write_text(json.dumps(entries, indent=1) + "\n")
    text = markdown(entries)
    (options.output / "instructions.md").write_text(text)
    print(text)
    return 0


def count(options, database, case, contestant):
    """Runs one contestant under callgrind."""
    rows = case.rows // SHARE
    url = database.prepare(case, rows)
    file = options.output / f"callgrind.{case.name}.{contestant.name}"
    valgrind = ["valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={file}"]
    line = run_case([*valgrind, *contestant.argv(options.build, "sqlite", case)], url, case.name, rows)
    check_rows(line, case)
    counted = re.search(r"^totals: (\d+)", file.read_text(), re.MULTILINE)
    if not counted or int(counted[1]) == 0:
        raise BenchmarkError(
            f"callgrind counted nothing in {contestant.name}: install valgrind's headers, and build anew"
        )
    return {
        "case": case.name,
        "database": "sqlite",
        "contestant": contestant.name,
        "version": line["version"],
        "rows": rows,
        "instructions": int(counted[1]),
        "instructions_per_row": int(counted[1]) / rows,
        "ratio_to_driver": None,
        "checksum": line["checksum"],
    }


def compare(entries):
    """Fills in the ratios."""
    drivers = {entry["case"]: entry["instructions"] for entry in entries if entry["contestant"] == "driver"}
    for entry in entries:
        if entry["case"] in drivers:
            entry["ratio_to_driver"] = entry["instructions"] / drivers[entry["case"]]


def markdown(entries):
    known = {case.name: case for case in cases.CASES}
    lines = [
        "# Instructions a row on SQLite", "",
        "| case | rows | contestant | instructions a row | ratio to the driver | target | |",
        "|---|--:|---|--:|--:|--:|---|",
    ]
    for entry in entries:
        target = known[entry["case"]].target(entry["contestant"], "sqlite")
        lines.append(row(
            entry["case"], f"{entry['rows']:,}", entry["contestant"], f"{entry['instructions_per_row']:,.0f}",
            ratio(entry["ratio_to_driver"]), ratio(target), verdict(entry["ratio_to_driver"], target),
        ))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    # Symbols bound at the start are not counted as the work of whoever calls them first.
    os.environ["LD_BIND_NOW"] = "1"
    sys.exit(main())
