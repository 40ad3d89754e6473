"""`make bench-check-speed DATA=folder`: how fast the checks are; prints a table, asserts nothing.

All times are CPU times, the best of three runs over warm caches. A machine that others use is slow
and fast by turns, so the last column holds each cost against reading the words of both texts alone:
that ratio stays.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from medloc.catalogs import read_catalog
from medloc.checks import CHECKS, Check, Context, run_checks
from medloc.checks.reading import Reading, Side
from medloc.glossary import read_glossary_csv
from medloc.model import Pair

READ = ("prose", "words", "signals", "numbers")
RUNS = 3
Run = tuple[Context, list[Pair]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of clean/*.po and glossary/*.csv")
    data: Path = parser.parse_args().data
    files = sorted(data.glob("*/*.po"))
    runs = [_run(path, data / "glossary") for path in files]
    pairs = sum(len(some) for _, some in runs)
    whole = _best(lambda: [run_checks(some, context) for context, some in runs])
    costs = dict(_costs(runs))
    words = costs["read words"]
    print(f"{pairs} pairs, {pairs / whole:.0f} a second")
    print(f"{'':24}{'µs a pair':>10}{'of words':>10}")
    for name, seconds in sorted({"everything": whole, **costs}.items(), key=lambda one: -one[1]):
        print(f"{name:24}{seconds / pairs * 1e6:10.1f}{seconds / words:10.2f}")
    print(f"`medloc check` of one file, from a cold start: {_cold(files[0]):.2f} s of CPU")


def _run(path: Path, glossaries: Path) -> Run:
    """The pairs of a file, and what is the same for all of them."""
    language = path.stem.split("-")[0]
    listed = glossaries / f"{language}.csv"
    terms = read_glossary_csv(listed.read_bytes(), name=listed.name) if listed.is_file() else ()
    pairs = [
        Pair(path.name, language, entry.context, entry.msgid, entry.msgstr)
        for entry in read_catalog(path, name=path.name).entries
        if entry.msgstr
    ]
    return Context(target=language, glossary=tuple(terms)), pairs


def _costs(runs: list[Run]) -> Iterable[tuple[str, float]]:
    """(name, seconds) of every shared reading and of every check over what was read."""
    readings = [_reading(context, pair) for context, pairs in runs for pair in pairs]
    for name in READ:
        seconds = min(_read(readings, name) for _ in range(RUNS))
        yield f"read {name}", seconds
    for check in CHECKS:
        yield check.name, _best(partial(_ask, check, readings))


def _ask(check: Check, readings: list[Reading]) -> None:
    for reading in readings:
        list(check.run(reading))


def _reading(context: Context, pair: Pair) -> Reading:
    sides = Side(pair.source, context.source), Side(pair.target, context.target)
    return Reading(pair, *sides, context)


def _read(readings: list[Reading], name: str) -> float:
    """The seconds of one shared reading, with those before it already there."""
    sides = [side for reading in readings for side in reading.sides]
    for side in sides:
        vars(side).pop(name, None)
    return _best(lambda: [getattr(side, name) for side in sides], runs=1)


def _best(work: Callable[[], object], *, runs: int = RUNS) -> float:
    """The CPU seconds of the best run."""
    seconds = []
    for _ in range(runs):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


def _cold(path: Path) -> float:
    """The CPU seconds of a process of its own."""
    before = os.times()
    command = [sys.executable, "-m", "medloc", "check", str(path.resolve())]
    subprocess.run(command, capture_output=True, check=False)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


if __name__ == "__main__":
    main()
