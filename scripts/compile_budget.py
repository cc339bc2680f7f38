#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks what including and using Azoth costs a program's compile time.

  compile_budget.py --include DIR... --compiler g++ [--compiler clang++-19] PROGRAM.cpp

PROGRAM is compiled, and beside it a program that includes the same headers of the standard library and
does nothing. For each compiler, at -O0 and at -O2, the ratio of the two (user CPU time, median of
several rounds that take turns) must not exceed the limit, nor the memory its own.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT = 2.5
TOLERANCE = 1.1  # the clock of a busy machine
MEMORY_MB = 600
ROUNDS = 5


def direct_system_headers(compiler, flags, program):
    """The headers outside the project that the program, or a header of the project, includes."""
    # -H prints each header once, with one dot for each level: "... /usr/include/c++/12/vector".
    listing = subprocess.run(
        [compiler, *flags, "-H", "-fsyntax-only", program], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"}, check=False,
    )
    if listing.returncode != 0:
        raise SystemExit(f"{program} does not compile with {compiler}:\n{listing.stderr}")
    own = [Path(flag[2:]).resolve() for flag in flags if flag.startswith("-I")]
    headers = {}
    inside_system = None  # the level of the system header that we are in
    for line in listing.stderr.splitlines():
        found = re.match(r"^(\.+) (.+)$", line)
        if not found:
            continue
        level, path = len(found[1]), Path(found[2]).resolve()
        if inside_system is not None and level > inside_system:
            continue
        inside_system = None
        if not any(folder in path.parents for folder in own):
            headers[path] = None
            inside_system = level
    return list(headers)


def measure(command):
    """User CPU seconds and peak memory in MB of a compilation, its sub-processes included."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_utime, usage.ru_maxrss / 1024


def compare(compiler, optimization, flags, program, baseline, rounds):
    seconds = {program: [], baseline: []}
    memory = 0
    for _ in range(rounds):
        for source in (program, baseline):
            used, peak = measure([compiler, *flags, optimization, "-c", "-o", "/dev/null", source])
            seconds[source].append(used)
            memory = max(memory, peak)
    return {source: statistics.median(used) for source, used in seconds.items()}, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--compiler", action="append", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--limit", type=float, default=LIMIT)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()

    flags = ["-std=c++20", *(f"-I{path}" for path in options.include)]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for compiler in options.compiler:
            headers = direct_system_headers(compiler, flags, options.program)
            baseline = str(Path(folder) / "baseline.cpp")
            Path(baseline).write_text("".join(f'#include "{path}"\n' for path in headers) + "int main() {}\n")
            for optimization in ("-O0", "-O2"):
                seconds, memory = compare(compiler, optimization, flags, options.program, baseline, options.rounds)
                ratio = seconds[options.program] / seconds[baseline]
                good = ratio <= options.limit * TOLERANCE and memory <= MEMORY_MB
                failed = failed or not good
                print(
                    f"{Path(compiler).name} {optimization}: {seconds[options.program]:.2f} s against "
                    f"{seconds[baseline]:.2f} s for {len(headers)} standard headers alone, ratio {ratio:.2f} "
                    f"(limit {options.limit}), {memory:.0f} MB (limit {MEMORY_MB}){'' if good else '  TOO MUCH'}"
                )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
