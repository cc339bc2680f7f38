#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the house rules that a machine can check: CONTRIBUTING.md says why they are.

  check_house.py [--root CHECKOUT]
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

LICENSED = {".hpp", ".cpp", ".py", ".sh", ".cmake", ".in"}
SPDX = "SPDX-License-Identifier: MIT"
# Spelled in parts, so that this file keeps its own rule.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def files_of(root):
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, stdout=subprocess.PIPE, text=True, check=True,
    )
    return [Path(name) for name in listing.stdout.split("\0") if name and (root / name).is_file()]


def faults_of(path, text):
    """Broken rules of one file, as (line, text)."""
    lines = text.split("\n")
    if path.suffix in LICENSED or path.name in ("CMakeLists.txt", "Makefile"):
        wants_it = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
        # The package's CMake file is installed; a template's first line may be data.
        if SPDX not in wants_it and path.suffix != ".in":
            yield 1, f"the first line is not a comment '{SPDX}'"
    if path.suffix == ".hpp" and "#pragma once" not in lines:
        yield 1, "the header lacks #pragma once"
    for number, line in enumerate(lines, 1):
        if line != line.rstrip() and path.suffix not in (".tsv", ".md"):
            yield number, "blanks at the end of the line"
        if "\t" in line and path.suffix in LICENSED:
            yield number, "a tab"
        if UNFINISHED.search(line):
            yield number, "a note of unfinished work: finish it, or open an issue"
        if path.suffix == ".cpp" and re.match(r"\s*TEST[A-Z_]*\(.*\bDISABLED_", line):
            yield number, "a disabled test"
    if lines[-1] != "" or lines[-2:-1] == [""]:
        yield len(lines), "the file does not end with one newline"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    options = parser.parse_args()
    paths = files_of(options.root)
    count = 0
    for path in paths:
        try:
            text = (options.root / path).read_text()
        except UnicodeDecodeError:
            continue  # not text
        if not text:
            continue
        for line, fault in faults_of(path, text):
            print(f"{path}:{line}: {fault}")
            count += 1
    print(f"{len(paths)} files: {count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
