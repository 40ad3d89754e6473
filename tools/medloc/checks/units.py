"""A number that keeps its value and changes its unit. Tenfold and thousandfold overdoses come from
mg for mcg, https://www.ismp.org/recommendations/error-prone-abbreviations-list."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.exchanged_units import added, changed, damaged, issue_of, lost, measured
from medloc.checks.measures import TIME
from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, Side
from medloc.model import Severity

_OTHER = TIME | {"", "%", "times"}
# Units whose names are words of other meanings: pounds of money, ICU units, degrees of burns.
_WORDS = {"lb", "oz", "°", "drop", "cup", "tablet", "capsule", "puff", "U", "in", "t", "mol", "K",
          "A", "V", "W", "J", "bar", "gallon", "m³"}  # fmt: skip


# Units with a name or symbol in every language, so that a missing one is missed.
_CORE = {"ng", "mcg", "mg", "g", "kg", "ml", "l", "mmHg", "°C", "°F", "mm", "cm", "m", "km", "IU",
         "mmol/l", "mg/dl", "mg/kg", "kPa"}  # fmt: skip


def units(reading: Reading) -> Iterator[Issue]:
    """Units of mass, volume, length, temperature and the like that changed, that were damaged, or
    that the translation has and the source has not."""
    source, target = reading.source, reading.target
    if all(one.unit in _OTHER for one in source.numbers) and all(
        one.unit in _OTHER for one in target.numbers
    ):
        return
    mine, theirs = measured(source), measured(target)
    ours = [one for one in mine if one.unit not in _OTHER]
    new = [one for one in theirs if one.unit not in _OTHER]
    seen = set()
    for here, there in (
        *((here, there) for here, there in changed(mine, theirs, ours) if there in new),
        *damaged(target, theirs, ours),
        *added(source, mine, [one for one in new if _plain(target, one)]),
    ):
        if there.start not in seen:
            seen.add(there.start)
            yield issue_of(source, target, here, there)
    for here, there in lost(target, theirs, [one for one in ours if one.unit in _CORE]):
        if there.start not in seen:
            seen.add(there.start)
            yield issue_of(source, target, here, there, Severity.WARNING)


def _plain(side: Side, number: Number) -> bool:
    """Whether a unit cannot be read as anything else: Arabic م is metres, and p.m."""
    start, end = number.unit_span
    return number.unit not in _WORDS and (end - start > 1 or side.prose[start] < "\u0400")
