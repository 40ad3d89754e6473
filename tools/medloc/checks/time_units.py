"""Hours for days, weeks for months: a time that keeps its number and changes its unit. Wrong
intervals are wrong doses, https://www.who.int/initiatives/medication-without-harm."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.exchanged_units import added, changed, damaged, issue_of, measured
from medloc.checks.measures import TIME
from medloc.checks.reading import Issue, Reading
from medloc.model import Severity


def time_units(reading: Reading) -> Iterator[Issue]:
    """Units of time that changed beside an equal number, in digits or in words.

    2 weeks written as 14 days pass: their numbers differ.
    """
    source, target = reading.source, reading.target
    if not source.numbers or not target.numbers:
        return
    mine = measured(source)
    ours = [one for one in mine if one.unit in TIME]
    theirs = measured(target)
    for here, there in (
        *((here, there) for here, there in changed(mine, theirs, ours) if there.unit in TIME),
        *damaged(target, theirs, ours),
    ):
        yield issue_of(source, target, here, there)
    new = [one for one in theirs if one.unit in ("week", "month")]
    for here, there in added(source, mine, new) if new else ():
        yield issue_of(source, target, here, there, Severity.WARNING)
