#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the contestants on the same data, in turns, and writes report.json, report.md, report.svg.

It fails if a contestant's result, or what it left in the database, is not what it should be. A missed
target is no failure: the report names it.
"""

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "common"))

import cases  # noqa: E402
import contestants  # noqa: E402
import report  # noqa: E402
from contestants import BenchmarkError, check_rows, expect, run_case, run_program  # noqa: E402
from databases import ROOT, open_database  # noqa: E402
from datasets import FILLED  # noqa: E402
from results import Results  # noqa: E402

MICRO_PROGRAMS = ("bench_pool", "bench_build_statement", "bench_interleaved")


def main():
    options = parse()
    try:
        chosen_cases = cases.chosen(options.cases)
        chosen_contestants = contestants.chosen(options.contestants)
        results = Results()
        servers = {"postgresql": options.postgresql, "mariadb": options.mariadb}
        with contextlib.ExitStack() as stack:
            databases = [
                stack.enter_context(open_database(name, servers.get(name))) for name in options.databases
            ]
            measure(options, chosen_cases, chosen_contestants, databases, results)
            conditions = [*machine(options), *(database.conditions() for database in databases)]
        if options.micro:
            measure_parts(options, results)
    except (BenchmarkError, ValueError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    write(options.output, results.entries(), conditions)
    return 0


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release", help="a build with the programs")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench", help="where the report goes")
    parser.add_argument("--cases", nargs="+", metavar="CASE", help="these alone")
    parser.add_argument("--contestants", nargs="+", metavar="NAME", help="these alone")
    parser.add_argument("--databases", nargs="+", choices=cases.DATABASES, default=cases.DATABASES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="two rounds of a twentieth of the rows")
    parser.add_argument("--no-micro", dest="micro", action="store_false", help="leave out the parts alone")
    for name in ("postgresql", "mariadb"):
        parser.add_argument(f"--{name}", metavar="URL", help="a server to use instead of scripts/services'")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds takes a number from 1")
    if options.quick:
        options.rounds = min(options.rounds, 2)
    return options


def measure(options, chosen_cases, chosen_contestants, databases, results):
    """Runs everything; in each round every contestant is run once, beginning with another one."""
    for case in chosen_cases:
        rows = case.rows // 20 if options.quick else case.rows
        for database in databases:
            taking_part = [one for one in chosen_contestants if one.takes_part(database.name, case)]
            for round_number in range(options.rounds if taking_part else 0):
                first = round_number % len(taking_part)
                order = taking_part[first:] + taking_part[:first]
                for one in order:
                    url = database.prepare(case, rows)
                    command = one.argv(options.build, database.name, case)
                    line = run_case(command, url, case.name, rows)
                    check(line, database, case, rows)
                    results.add(line)
            if taking_part:
                show_progress(case, database, taking_part, results)


def check(line, database, case, rows):
    """Every contestant's rows are those that were to be read or written, and so are the stored ones."""
    stored = None if case.table == FILLED else database.stored_rows(case, rows)
    if case.generates_keys and database.leaves_gaps:
        # Which ids there are is known from the table alone; without its gaps, they are in the rows' order.
        expect(line, case.data.checksum_of_stored(stored), line["checksum"], "rows have")
        stored = case.data.renumbered(stored)
    else:
        check_rows(line, case)
    if stored is not None:
        expect(line, case.data.expected_stored(rows), case.data.checksum_of_stored(stored), "stored rows have")


def measure_parts(options, results):
    """The programs that measure one part of Azoth alone; each prints several lines."""
    for name in MICRO_PROGRAMS:
        program = options.build / "benchmarks" / name
        if not program.exists():
            raise BenchmarkError(f"{program} is missing; --no-micro leaves it out")
        for _ in range(options.rounds):
            for line in run_program([str(program), *(["--quick"] if options.quick else [])]):
                results.add(line)


def show_progress(case, database, taking_part, results):
    entries = [
        entry for entry in results.entries()
        if entry["case"] == case.name and entry["database"] == database.name
    ]
    shown = []
    for one in taking_part:
        for entry in entries:
            if entry["contestant"] == one.name:
                relative = entry["ratio_to_driver"]
                shown.append(
                    f"{one.name} {report.micros(entry, 'median_seconds')} µs"
                    + (f" ({relative:.2f})" if relative is not None and one.name != "driver" else "")
                )
    print(f"{database.label:10} {case.name:16} {', '.join(shown)}", flush=True)


def machine(options):
    """What a reader must know to judge the numbers."""
    model = "unknown processor"
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    size = "a twentieth of the rows, " if options.quick else ""
    return [
        f"{size}{options.rounds} rounds, the contestants in turns; the load average was "
        f"{', '.join(f'{load:.1f}' for load in os.getloadavg())} at the end",
        f"{model}, {len(os.sched_getaffinity(0))} processors, {platform.system()} {platform.release()}",
        f"commit {git('rev-parse', '--short', 'HEAD')}"
        + (" with changes" if git("status", "--porcelain", "--untracked-files=no") else "")
        + f", {compiler(options.build)}",
    ]


def git(*arguments):
    done = subprocess.run(
        ["git", "-C", str(ROOT), *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def compiler(build):
    """Compiler and flags of a build directory."""
    cache = {}
    with contextlib.suppress(OSError):
        for line in (build / "CMakeCache.txt").read_text().splitlines():
            name, _, value = line.partition("=")
            cache[name.partition(":")[0]] = value
    kind = cache.get("CMAKE_BUILD_TYPE", "unknown")
    flags = cache.get(f"CMAKE_CXX_FLAGS_{kind.upper()}", "")
    path = cache.get("CMAKE_CXX_COMPILER")
    version = "unknown compiler"
    if path:
        with contextlib.suppress(OSError):
            said = subprocess.run([path, "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout
            version = said.partition("\n")[0]
    return f"{version}, {kind} build ({flags})"


def write(output, entries, conditions):
    output.mkdir(parents=True, exist_ok=True)
    (output / "report.json").write_text(json.dumps(entries, indent=1) + "\n")
    (output / "report.md").write_text(report.markdown(entries, conditions))
    (output / "report.svg").write_text(report.svg(entries))
    print(f"{output / 'report.md'}")


if __name__ == "__main__":
    sys.exit(main())
