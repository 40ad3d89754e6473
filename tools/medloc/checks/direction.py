"""Opposites of direction exchanged: high and low, increase and decrease, above and below, positive
and negative, start and stop, male and female.

A dose that is to be lowered, a result that is negative, a medicine to be stopped: the sentence with
the opposite word reads just as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.opposites import Poles, flipped
from medloc.checks.reading import Issue, Reading

_OPPOSITES: dict[str, tuple[Poles, ...]] = {
    "level": ((("high",), ("low",)),),
    "change": ((("increase",), ("decrease",)),),
    "place": ((("above",), ("below",)),),
    "result": ((("positive",), ("negative",)),),
    "action": ((("start", "continue"), ("stop",)),),
    "sex": ((("male",), ("female",)),),
}


def direction(reading: Reading) -> Iterator[Issue]:
    """A word of direction in exchange for its opposite."""
    for category in reading.source.signals.keys() & _OPPOSITES.keys():
        yield from flipped(reading, category, _OPPOSITES[category], wholly=True)
