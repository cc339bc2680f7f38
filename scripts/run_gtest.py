#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a GoogleTest program for ctest: with databases of its own and its results as JSON.

  run_gtest.py --name NAME --json FILE -- PROGRAM [ARGUMENT...]

The program finds its databases in AZOTH_TEST_URLS. Results of an earlier run are removed first, and a
program that succeeds without leaving any counts as failed: an old success must not stand for a crash.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))

from mariadb_server import MariadbServer  # noqa: E402
from postgresql_server import PostgresqlServer  # noqa: E402
from service_set import ServiceError, ServiceSet  # noqa: E402
from sqlite_files import SqliteFiles  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", required=True)
    parser.add_argument("--json", required=True, type=Path)
    parser.add_argument("argv", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv

    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.unlink(missing_ok=True)
    services = ServiceSet([SqliteFiles, PostgresqlServer, MariadbServer])
    try:
        with services.databases(f"{options.name}_{os.getpid()}") as environment:
            result = subprocess.run(
                [*argv, f"--gtest_output=json:{options.json}"],
                env={**os.environ, **environment},
                check=False,
            ).returncode
    except ServiceError as error:
        print(f"run_gtest: {error}", file=sys.stderr)
        return 1
    if result != 0:
        return result if result > 0 else 128 - result
    return 0 if ran_something(options.json) else 1


def ran_something(results):
    try:
        tests = json.loads(results.read_text())["tests"]
    except (OSError, ValueError, KeyError) as error:
        print(f"run_gtest: no results in {results}: {error}", file=sys.stderr)
        return False
    if tests == 0:
        print("run_gtest: the program ran no test", file=sys.stderr)
    return tests > 0


if __name__ == "__main__":
    sys.exit(main())
