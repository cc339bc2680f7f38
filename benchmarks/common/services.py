# SPDX-License-Identifier: MIT
"""The private servers of scripts/services."""

import subprocess

from contestants import BENCHMARKS, BenchmarkError

SCRIPT = str(BENCHMARKS.parent / "scripts" / "services")


class Services:
    """Keeps the servers up as long as somebody here holds them."""

    def __init__(self):
        self._holds = 0

    def hold(self):
        if self._holds == 0:
            self._run("up", "--hold")
        self._holds += 1

    def release(self):
        self._holds -= 1
        if self._holds == 0:
            self._run("down", "--hold")

    def url(self, variable):
        """The URL that is in this environment variable."""
        # The script prints `export NAME=value` for a shell; only a shell knows its quoting.
        printed = subprocess.run(
            ["sh", "-c", f'eval "$1"; printf %s "${variable}"', "sh", self._run("env")],
            stdout=subprocess.PIPE, text=True, check=True,
        ).stdout
        if not printed:
            raise BenchmarkError(f"scripts/services env names no {variable}")
        return printed

    @staticmethod
    def _run(*arguments):
        done = subprocess.run([SCRIPT, *arguments], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise BenchmarkError(
                f"{SCRIPT} {' '.join(arguments)} failed; --postgresql and --mariadb name other servers"
            )
        return done.stdout


SERVICES = Services()
