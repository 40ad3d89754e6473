"""Which numbers of a pair have no counterpart: what the checks of numbers share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from medloc.checks.digits import parts
from medloc.checks.numerals import Number
from medloc.checks.reading import Reading, Side


class Differences(NamedTuple):
    """Numbers in digits or words of one side that the other side has in no form at all."""

    missing: tuple[Number, ...]
    extra: tuple[Number, ...]


def differences(reading: Reading) -> Differences:
    """Compare the numbers of a pair by value; computed once per pair."""
    found = reading.__dict__.get("_differences")
    if found is None:
        found = reading.__dict__["_differences"] = _compare(reading.source, reading.target)
    return found


def _compare(source: Side, target: Side) -> Differences:
    ours, theirs = _values(source), _values(target)
    missing = _without(source.numbers, theirs, target, source)
    extra = _without(target.numbers, ours, source, target)
    if not missing and not extra:
        return _SAME
    return Differences(missing, extra)


_SAME = Differences((), ())


def _values(side: Side) -> set[str]:
    """All readings of all numbers, and of what may stand for a number; not of months' names."""
    return {value for number in side.numbers if number.how != "month" for value in number.values}


def _without(
    numbers: Sequence[Number], others: set[str], other: Side, own: Side
) -> tuple[Number, ...]:
    return tuple(
        number
        for number in numbers
        if number.how in ("digits", "words")
        and others.isdisjoint(number.values)
        and not _excused(number, others, own, other)
    )


def _excused(number: Number, others: set[str], own: Side, other: Side) -> bool:
    """Whether a number without counterpart is only written in another way."""
    value = number.values[0]
    small = value.isdecimal() and len(value) < 3 and number.how == "digits"
    if small and (_is_month(value, own, other) or _is_roman(int(value), other)):
        return True
    if number.how == "digits" and _in_parts(number, others, own):
        return True
    return len(value) == 4 and value.isdecimal() and _calendar(int(value), others, own, other)


def _is_month(value: str, own: Side, other: Side) -> bool:
    """Whether a number is a month that only the other side names."""
    return _months(other, value) > _months(own, value)


def _months(side: Side, value: str) -> int:
    return sum(number.how == "month" and value in number.values for number in side.numbers)


_ROMAN = tuple(
    f"{ten}{one}"
    for ten in ("", "X", "XX")
    for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
)


def _is_roman(value: int, other: Side) -> bool:
    """Whether phase 2 is written phase II."""
    if not 2 <= value < len(_ROMAN):
        return False
    return re.search(rf"(?<!\w){_ROMAN[value - 1]}(?!\w)", other.prose) is not None


def _in_parts(number: Number, others: set[str], own: Side) -> bool:
    """Whether 14:30, 1/2 or 1-800-232-4636 is written apart on the other side."""
    text = own.text[number.start : number.end]
    pieces = parts(text)
    return len(pieces) > 1 and _PARTED.search(text) is not None and others.issuperset(pieces)


_PARTED = re.compile(r"[:：/⁄()h-]")
# Years of the Buddhist era; of the Solar Hijri calendar, which begins in March.
_ERAS = {"th": (543,), "fa": (-621, -622), "ps": (-621, -622), "ne": (56, 57)}


def _calendar(year: int, others: set[str], own: Side, other: Side) -> bool:
    """Whether a year is only counted from another beginning."""
    return any(
        str(year + sign * era) in others
        for language, sign in ((own.lexicon.language, -1), (other.lexicon.language, 1))
        for era in _ERAS.get(language, ())
    )
