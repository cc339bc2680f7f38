# SPDX-License-Identifier: MIT
"""report.md and report.svg from the entries of report.json."""

import math

from cases import CASES
from chart import chart
from contestants import CONTESTANTS
from results import find

LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}


def markdown(entries, conditions):
    """The text of report.md."""
    lines = ["# Benchmarks", "", "![Time as a multiple of the driver's](report.svg)", ""]
    for database in LABELS:
        lines += case_table(entries, database)
    lines += cpu_table(entries)
    lines += added_table(entries)
    lines += compared_table(entries)
    lines += micro_table(entries)
    lines += ["## Conditions", "", *(f"- {condition}" for condition in conditions), ""]
    lines += ["Contestants:", ""]
    present = {entry["contestant"]: entry for entry in entries}
    for one in CONTESTANTS:
        if one.name in present:
            versions = dict.fromkeys(e["version"] for e in entries if e["contestant"] == one.name and e["version"])
            lines.append(f"- **{one.name}**: {one.what} ({'; '.join(versions)})")
    lines += ["", "Cases:", ""]
    for case in CASES:
        if any(entry["case"] == case.name for entry in entries):
            lines.append(f"- **{case.name}**: {case.what}")
    return "\n".join(lines) + "\n"


def case_table(entries, database):
    """Times and ratios on one database."""
    chosen = [entry for entry in entries if entry["database"] == database]
    if not chosen:
        return []
    lines = [
        f"## {LABELS[database]}", "",
        "Microseconds a row: wall time as median and minimum of the rounds, and the client's own processor "
        "time. Ratios to the driver: of wall time as median of the rounds' ratios, which is what the target is "
        "for, and as minimum to minimum, and of the least processor time.", "",
        "| case | rows | contestant | median | min | client CPU | ratio | of minima | of CPU | target | |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    known = {case.name: case for case in CASES}
    for entry in chosen:
        target = known[entry["case"]].target(entry["contestant"], database)
        lines.append(row(
            entry["case"], f"{entry['rows']:,}", entry["contestant"],
            micros(entry, "median_seconds"), micros(entry, "min_seconds"), micros(entry, "client_cpu_seconds"),
            ratio(entry["ratio_to_driver"]), ratio(entry["ratio_of_minima"]),
            ratio(entry["client_cpu_ratio_to_driver"]), ratio(target), verdict(entry["ratio_to_driver"], target),
        ))
    return [*lines, ""]


def cpu_table(entries):
    """How many times less processor time Azoth's client takes than SQLAlchemy's."""
    lines = []
    for database, label in LABELS.items():
        for case in CASES:
            core = find(entries, case.name, database, "core")
            other = find(entries, case.name, database, "sqlalchemy")
            if not core or not other or not core["client_cpu_seconds"]:
                continue
            times = other["client_cpu_seconds"] / core["client_cpu_seconds"]
            least = case.less_cpu_than_sqlalchemy
            lines.append(row(label, case.name, f"{times:.1f}", f"{least:g}", "met" if times >= least else "missed"))
    if not lines:
        return []
    return [
        "## Client processor time, SQLAlchemy's as a multiple of Azoth's Core", "",
        "SQLite's own work counts on both sides, as it runs in the client.", "",
        "| database | case | times | target, at least | |", "|---|---|--:|--:|---|", *lines, "",
    ]


def added_table(entries):
    """What Azoth's ORM adds to the driver's processor time, against what SQLAlchemy's adds to its driver's."""
    lines = []
    for database, label in LABELS.items():
        for case in CASES:
            found = [
                find(entries, case.name, database, name)
                for name in ("driver", "orm", "python_driver", "sqlalchemy_orm")
            ]
            if not all(found):
                continue
            driver, orm, python_driver, other = (
                entry["min_client_cpu_seconds"] / entry["rows"] * 1e6 for entry in found
            )
            added, other_added = orm - driver, other - python_driver
            times = other_added / added if added > 0 else math.inf
            lines.append(row(
                label, case.name, f"{added:.2f}", f"{other_added:.2f}", f"{times:.1f}", "10",
                "met" if times >= 10 else "missed", f"{other / orm:.1f}",
            ))
    if not lines:
        return []
    return [
        "## Client processor time that a mapper adds", "",
        "Microseconds a row above the driver's own by hand (for SQLAlchemy, a Python driver's), least of the rounds, "
        "and how many times more SQLAlchemy's ORM adds than Azoth's; last, the plain ratio of the two clients' times.",
        "",
        "| database | case | Azoth's ORM | SQLAlchemy's ORM | times | target, at least | | plain ratio |",
        "|---|---|--:|--:|--:|--:|---|--:|", *lines, "",
    ]


def compared_table(entries):
    """Azoth's ways of doing one thing, against each other."""
    lines = []
    for database, label in LABELS.items():
        for case in (case for case in CASES if case.compared_with):
            other, target = case.compared_with
            found = [find(entries, name, database, "orm") for name in (case.name, other)]
            if all(found):
                of_medians, of_minima = (
                    found[0][field] / found[1][field] for field in ("median_seconds", "min_seconds")
                )
                lines.append(row(
                    label, case.name, other, ratio(of_medians), ratio(of_minima), ratio(target),
                    verdict(of_medians, target),
                ))
    if not lines:
        return []
    return [
        "## Azoth's ORM against itself", "",
        "Wall time of one case as a multiple of another's that does the same: of the medians and of the minima.", "",
        "| database | case | against | ratio | of minima | target | |", "|---|---|---|--:|--:|--:|---|", *lines, "",
    ]


def micro_table(entries):
    """The parts measured alone."""
    lines = []
    for entry in entries:
        if entry["database"] == "none":
            target = entry.get("target")
            shown = entry["ratio_to_driver"] if entry["case"] != "build_statement" else None
            microseconds = entry["min_seconds"] / entry["rows"] * 1e6
            measured = shown if shown is not None else microseconds
            lines.append(row(
                entry["case"], entry["contestant"], micros(entry, "median_seconds"), micros(entry, "min_seconds"),
                ratio(shown), allocations(entry), ratio(target), verdict(measured, target),
            ))
    if not lines:
        return []
    return [
        "## Parts alone", "",
        "Microseconds an operation. `pool_*`: checkout and return, against a vector behind a mutex; the target "
        "is a ratio. `build_statement`: building a statement of four clauses and finding it in the cache; the "
        "target is microseconds, and a number of allocations. `interleaved`: get an object, change it, run a "
        "statement, in one session; the last thousand rounds of ten thousand against the first.", "",
        "| part | contestant | median | min | ratio | allocations | target | |",
        "|---|---|--:|--:|--:|--:|--:|---|", *lines, "",
    ]


def allocations(entry):
    """Allocations an operation, and how many there may be."""
    if "allocations" not in entry:
        return ""
    most = entry["most_allocations"]
    judged = "met" if entry["allocations"] <= most else "missed"
    return f"{entry['allocations']:.1f} (at most {most}: {judged})"


def svg(entries):
    """The text of report.svg."""
    names = [one.name for one in CONTESTANTS if any(e["contestant"] == one.name for e in entries)]
    panels = []
    for database, label in LABELS.items():
        groups = []
        for case in CASES:
            bars = {}
            for name in names:
                entry = find(entries, case.name, database, name)
                if entry and entry["ratio_to_driver"] is not None:
                    bars[name] = entry["ratio_to_driver"]
            if bars:
                groups.append((case.name, bars, {name: case.target(name, database) for name in names}))
        if groups:
            panels.append((label, groups))
    return chart("Wall time as a multiple of the driver's (shorter is better)", panels, names)


def micros(entry, field):
    return f"{entry[field] / entry['rows'] * 1e6:.3g}"


def ratio(value):
    return "" if value is None else f"{value:.2f}"


def verdict(value, target):
    if value is None or target is None:
        return ""
    return "met" if value <= target else "missed"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
