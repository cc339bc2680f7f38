# SPDX-License-Identifier: MIT
"""From the single runs to the entries of report.json."""

from statistics import median

# What the programs that measure one part alone may add.
MORE = ("target", "allocations", "most_allocations", "compared_with")

class Results:
    """The runs of all rounds, in order."""

    def __init__(self):
        self._runs = {}  # (case, database, contestant): its line of each round

    def add(self, line):
        key = line["case"], line["database"], line["contestant"]
        self._runs.setdefault(key, []).append(line)

    def entries(self):
        """One entry for each contestant of each case on each database."""
        return [self._entry(key) for key in self._runs]

    def _entry(self, key):
        runs = self._runs[key]
        seconds = [run["seconds"] for run in runs]
        entry = {
            "case": key[0],
            "database": key[1],
            "contestant": key[2],
            "version": runs[0]["version"],
            "rows": runs[0]["rows"],
            "rounds": len(runs),
            "median_seconds": median(seconds),
            "min_seconds": min(seconds),
            "client_cpu_seconds": median(run["client_cpu_seconds"] for run in runs),
            "min_client_cpu_seconds": min(run["client_cpu_seconds"] for run in runs),
            "ratio_to_driver": None,
            "ratio_of_minima": None,
            "client_cpu_ratio_to_driver": None,
            "checksum": runs[0]["checksum"],
        }
        driver = self._runs.get((key[0], key[1], runs[0].get("compared_with", "driver")))
        if driver:
            # Rounds are compared one by one, as what disturbs the machine disturbs neighbours alike.
            entry["ratio_to_driver"] = median(
                run["seconds"] / other["seconds"] for run, other in zip(runs, driver)
            )
            entry["ratio_of_minima"] = min(seconds) / min(run["seconds"] for run in driver)
            least = min(run["client_cpu_seconds"] for run in driver)
            if least > 0:
                entry["client_cpu_ratio_to_driver"] = entry["min_client_cpu_seconds"] / least
        entry.update({name: runs[0][name] for name in MORE if name in runs[0]})
        return entry


def find(entries, case, database, contestant):
    """The entry of these three, or None."""
    for entry in entries:
        if (entry["case"], entry["database"], entry["contestant"]) == (case, database, contestant):
            return entry
    return None
