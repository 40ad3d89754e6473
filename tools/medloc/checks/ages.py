"""Children exchanged for adults: doses for one harm the other,
https://www.who.int/initiatives/medication-without-harm."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.opposites import flipped
from medloc.checks.reading import Issue, Reading

_YOUNG = ("newborn", "infant", "child")
_GROWN = ("adult", "older")


def ages(reading: Reading) -> Iterator[Issue]:
    """Newborns, infants or children for adults or older people, or the other way round. Limits in
    years are the checks `numbers`, `time-units` and `comparison`."""
    return flipped(reading, "age", [(_YOUNG, _GROWN)])
