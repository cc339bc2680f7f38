#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks what including and using Azoth costs a program's compile time.

  compile_budget.py --include DIR... --compiler g++ [--compiler clang++-19] PROGRAM.cpp --functions N
  compile_budget.py …  PROGRAM.cpp --ratio R

The first compiles PROGRAM with each compiler at -O0 and -O2. Neither may take more memory than the limit,
nor may more than N functions be left in the object file at -O0: all of them are code that the program's
own compilation made of our headers. That is the same on every machine and takes seconds.

The second counts the instructions that the compiler executes, under valgrind, for PROGRAM and for a program
that includes the same headers of the standard library and does nothing: the ratio must not exceed R. Clocks
will not do: the same compilation took from 3.3 to 3.9 times the other's time on machines with neighbours.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MEMORY_MB = 600
OPTIMIZATIONS = ("-O0", "-O2")


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


def run(command):
    """Peak memory in MB of a command, its sub-processes included, and what it said on stderr."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{text}")
    return usage.ru_maxrss / 1024, text


def functions_in(object_file):
    """How many functions an object file defines."""
    listing = subprocess.run(["nm", "--defined-only", object_file], capture_output=True, text=True, check=True)
    return sum(1 for line in listing.stdout.splitlines() if line.split()[-2] in "tTwW")


def check_weight(compiler, flags, program, folder, limit):
    """Memory at each optimization, functions at -O0; whether all is well."""
    object_file = str(Path(folder) / "program.o")
    memory = {}
    for optimization in reversed(OPTIMIZATIONS):  # -O0 last: its object file is looked at
        memory[optimization], _ = run([compiler, *flags, optimization, "-c", "-o", object_file, program])
    functions = functions_in(object_file)
    good = functions <= limit and max(memory.values()) <= MEMORY_MB
    print(
        f"{Path(compiler).name}: {functions} functions at -O0 (limit {limit}), "
        + ", ".join(f"{memory[o]:.0f} MB at {o}" for o in OPTIMIZATIONS)
        + f" (limit {MEMORY_MB}){'' if good else '  TOO MUCH'}"
    )
    return good


def instructions(command):
    """What the compiler and all programs that it starts execute."""
    _, said = run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
                   "--trace-children=yes", *command])
    counts = re.findall(r"I\s+refs:\s+([\d,]+)", said)
    if not counts:
        raise SystemExit(f"valgrind counted nothing:\n{said}")
    return sum(int(count.replace(",", "")) for count in counts)


def check_ratio(compiler, flags, program, folder, limit):
    """Instructions against those for the standard headers; whether all is well."""
    headers = direct_system_headers(compiler, flags, program)
    baseline = str(Path(folder) / "baseline.cpp")
    Path(baseline).write_text("".join(f'#include "{path}"\n' for path in headers) + "int main() {}\n")
    good = True
    for optimization in OPTIMIZATIONS:
        counts = [instructions([compiler, *flags, optimization, "-c", "-o", "/dev/null", source])
                  for source in (program, baseline)]
        ratio = counts[0] / counts[1]
        good = good and ratio <= limit
        print(
            f"{Path(compiler).name} {optimization}: {counts[0] / 1e9:.2f} G instructions against "
            f"{counts[1] / 1e9:.2f} G for {len(headers)} standard headers alone, ratio {ratio:.2f} "
            f"(limit {limit}){'' if ratio <= limit else '  TOO MUCH'}",
            flush=True,
        )
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--compiler", action="append", required=True)
    parser.add_argument("--include", action="append", default=[])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--functions", type=int)
    what.add_argument("--ratio", type=float)
    options = parser.parse_args()

    flags = ["-std=c++20", *(f"-I{path}" for path in options.include)]
    check, limit = (check_weight, options.functions) if options.functions else (check_ratio, options.ratio)
    with tempfile.TemporaryDirectory() as folder:
        good = [check(compiler, flags, options.program, folder, limit) for compiler in options.compiler]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
