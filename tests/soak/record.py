"""What a soak measured: recorded line by line by the tests, and written into RELIABILITY.md.

A test calls `record` (or works inside `recorded`) once it is done. Lines go to a file in the folder
that MEDLOC_SOAK_RESULTS names; without it they are only printed. `medloc` is in none of this.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "RELIABILITY.md"
FOLDER = "MEDLOC_SOAK_RESULTS"
LINES = "results.jsonl"
HEAD = "| Test | Size | Failures | Failure rate at most | Measured | When and on what |"
_RULE = "|---|---|---|---|---|---|"
_SECONDS = ("p50", "p99", "slowest")


def record(name: str, size: int, failures: int, **measured: object) -> None:
    """Keep what a soak found. `name` is `area: what was done`; `size` how many times it was done;
    `failures` how often what must hold did not. Of `measured`, p50, p99, slowest and what ends in
    `_seconds` are seconds; whole numbers are counts of what their name says; texts stand as they
    are."""
    row = {
        "name": name,
        "size": size,
        "failures": failures,
        "measured": measured,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "on": setting(),
    }
    print(f"\n{render_row(row)}")
    folder = os.environ.get(FOLDER)
    if folder:
        with (Path(folder) / LINES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextmanager
def recorded(name: str, size: int) -> Iterator[dict[str, object]]:
    """Record a soak that stops at its first failure; put what it measures into what is given."""
    measured: dict[str, object] = {}
    try:
        yield measured
    except KeyboardInterrupt:
        raise  # somebody wanted the machine: nothing was found
    except BaseException:
        record(name, size, 1, **measured, note="stopped at the first failure")
        raise
    record(name, size, 0, **measured)


def percentiles(seconds: Iterable[float]) -> dict[str, float]:
    """Median, 99th percentile and the longest, in seconds.

    >>> percentiles([0.3, 0.1, 0.2])
    {'p50': 0.2, 'p99': 0.3, 'slowest': 0.3}
    """
    ordered = sorted(seconds)
    middle, late = len(ordered) // 2, int(len(ordered) * 0.99)
    return {"p50": ordered[middle], "p99": ordered[late], "slowest": ordered[-1]}


def setting() -> str:
    """The versions and the processors of this run; no names, no paths."""
    parts = [f"medloc {version('medloc')}{_commit()}", f"Python {platform.python_version()}"]
    parts.append(f"SQLite {sqlite3.sqlite_version}")
    program = postgres.binaries()
    if program is not None:
        said = subprocess.run(
            [program / "initdb", "--version"], capture_output=True, text=True, check=True
        )
        found = re.search(r"\d+\.\d+", said.stdout)
        parts.append(f"PostgreSQL {found.group() if found else '?'}")
    return ", ".join([*parts, f"{os.cpu_count()} CPUs"])


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""  # an archive without its history
    return f" at {said.stdout.strip()}"


def render_row(row: dict[str, object]) -> str:
    """A line of the table.

    >>> print(render_row({"name": "ledger: kill", "size": 2000, "failures": 0, "on": "2 CPUs",
    ...                   "measured": {"p99": 0.0123, "lost": 0, "fold_seconds": 1.2},
    ...                   "date": "2026-03-01"}))
    | ledger: kill | 2,000 | 0 | 0.15 % | p99 12 ms, 0 lost, fold 1.2 s | 2026-03-01, 2 CPUs |
    """
    size, failures, measured = row["size"], row["failures"], row["measured"]
    assert isinstance(size, int)
    assert isinstance(measured, dict)
    bound = "-" if failures else f"{300 / size:.2g} %"
    shown = ", ".join(_measure(name, value) for name, value in measured.items())
    ran = f"{row['date']}, {row['on']}"
    return f"| {row['name']} | {size:,} | {failures} | {bound} | {shown} | {ran} |"


def _measure(name: str, value: object) -> str:
    if name in _SECONDS and isinstance(value, float):
        return f"{name} {value * 1000:.0f} ms"
    if isinstance(value, int):
        return f"{value:,} {name.replace('_', ' ')}"
    if isinstance(value, float):
        return f"{name.removesuffix('_seconds')} {value:g}{' s' * name.endswith('_seconds')}"
    return f"{value}"


def render_report(report: str, fresh: Iterable[dict[str, object]]) -> str:
    """The report with new rows in place of older ones of the same name; the others stay.

    Rows are in order of name. Everything outside the table is kept.

    >>> row = {"name": "b", "size": 3, "failures": 1, "measured": {}, "date": "today", "on": "it"}
    >>> old = f"Top\\n\\n{HEAD}\\n{_RULE}\\n| c | old |\\n| b | old |\\n\\nEnd\\n"
    >>> print(render_report(old, [row, row | {"name": "a"}]).replace(HEAD, "HEAD"), end="")
    Top
    <BLANKLINE>
    HEAD
    |---|---|---|---|---|---|
    | a | 3 | 1 | - |  | today, it |
    | b | 3 | 1 | - |  | today, it |
    | c | old |
    <BLANKLINE>
    End
    """
    before, rest = report.split(HEAD, 1)
    lines = rest.split("\n")
    old = [line for line in lines if line.startswith("| ")]
    after = [line for line in lines if not line.startswith("|")]
    rows = {line.split("|")[1].strip(): line for line in old}
    rows |= {str(row["name"]): render_row(row) for row in fresh}
    table = [HEAD, _RULE, *(rows[name] for name in sorted(rows))]
    end = "\n".join(after).strip("\n")
    return before + "\n".join(table) + "\n" + (f"\n{end}\n" if end else "")


def write_report(folder: Path) -> int:
    """Put what was recorded in `folder` into RELIABILITY.md; how many rows."""
    path = folder / LINES
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    REPORT.write_text(
        render_report(REPORT.read_text(encoding="utf-8"), map(json.loads, lines)),
        encoding="utf-8",
    )
    return len(lines)
