#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a fuzz target of libFuzzer's for a while, beginning with its file of seeds.

  fuzz.py --seeds FILE --work FOLDER --seconds N PROGRAM [LIBFUZZER OPTION...]

What the search finds is kept in FOLDER/corpus, so that the next one goes on from there. An input that
makes the target fail is shown as a line for the file of seeds.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ESCAPE = re.compile(rb"\\(\\|n|r|t|x[0-9a-f]{2}|.|$)", re.S)
NAMED = {b"\\": b"\\", b"n": b"\n", b"r": b"\r", b"t": b"\t"}


def unescape(line):
    """The bytes that a line of seeds stands for; tests/fuzz/replay/seeds.cpp reads the same form."""

    def byte(match):
        escape = match[1]
        if escape in NAMED:
            return NAMED[escape]
        if len(escape) == 3:
            return bytes([int(escape[1:], 16)])
        raise ValueError(f"a seed with an unknown escape: {line!r}")

    return ESCAPE.sub(byte, line)


def escape(data):
    """The bytes as a line of seeds."""
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else f"\\x{byte:02x}" for byte in data
    )


def write_seeds(file, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lines = [line for line in file.read_bytes().split(b"\n") if line and not line.startswith(b"#")]
    for number, line in enumerate(lines):
        (folder / f"{number:03}").write_bytes(unescape(line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", required=True, type=Path)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--seconds", required=True, type=int)
    parser.add_argument("program", type=Path)
    parser.add_argument("options", nargs=argparse.REMAINDER)
    options = parser.parse_args()

    seeds, corpus, failures = (options.work / name for name in ("seeds", "corpus", "failures"))
    write_seeds(options.seeds, seeds)
    corpus.mkdir(exist_ok=True)
    shutil.rmtree(failures, ignore_errors=True)
    failures.mkdir()
    command = [
        options.program, f"-max_total_time={options.seconds}", f"-artifact_prefix={failures}/",
        "-timeout=20", "-rss_limit_mb=2048", "-max_len=4096", "-print_final_stats=1",
        *options.options, corpus, seeds,
    ]
    result = subprocess.run(command, check=False).returncode
    found = sorted(failures.iterdir())
    for file in found:
        print(f"\n{file}: as a line of {options.seeds}:\n{escape(file.read_bytes())}")
    return 1 if result or found else 0


if __name__ == "__main__":
    sys.exit(main())
