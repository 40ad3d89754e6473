"""Hours for days, weeks for months: a time that keeps its number and changes its unit. Wrong
intervals are wrong doses, https://www.who.int/initiatives/medication-without-harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from medloc.checks.exchanged_units import added, changed, damaged, equal, issue_of, measured
from medloc.checks.measures import TIME, mentions
from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, Side
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
    for here, there in _strange(source, mine, theirs):
        yield issue_of(source, target, here, there)
    new = [one for one in theirs if one.unit in ("week", "month")]
    for here, there in added(source, mine, new) if new else ():
        yield issue_of(source, target, here, there, Severity.WARNING)


def _strange(
    side: Side, source: Sequence[Number], target: Sequence[Number]
) -> Iterator[tuple[Number, Number]]:
    """Ages and years that got another unit of time: under 18, under 18 minutes; 2020 minutes.
    `side` is the source's; it names no such unit."""
    for there in target:
        if there.unit not in _SHORT:
            continue
        year = _YEAR.fullmatch(there.values[0])
        same = [one for one in source if equal(one, there)]
        if (
            not same
            or any(one.unit for one in same)
            or mentions(side.words, there.unit, side.lexicon)
        ):
            continue
        if year or _AGED.search(side.prose, max(0, same[0].start - 24), same[0].start):
            yield same[0], there


_SHORT = TIME - {"year", "month", "century", "decade"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGED = re.compile(r"\b(?:aged?|under|over|years?)\W(?:of |from |at least |between )?$")
