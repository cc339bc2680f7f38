# SPDX-License-Identifier: MIT
"""Running checks side by side and reporting them in order."""

import concurrent.futures
import os
import subprocess


def jobs():
    """How many processes at once: AZOTH_JOBS, else one for each processor."""
    return int(os.environ.get("AZOTH_JOBS") or len(os.sched_getaffinity(0)))


def map_parallel(function, items):
    """function(item) for each item, in threads that wait for processes; the results in order."""
    with concurrent.futures.ThreadPoolExecutor(jobs()) as executor:
        return list(executor.map(function, items))


def compile_quietly(argv, source=None):
    """Runs a compiler, on this source if given: its exit status and what it said, in ASCII English."""
    done = subprocess.run(
        argv, input=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        env={**os.environ, "LC_ALL": "C"}, check=False,
    )
    return done.returncode, done.stdout
