"""Which numbers of a pair have no counterpart: what the checks of numbers share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from medloc.checks.digits import read_digits
from medloc.checks.excuses import excused
from medloc.checks.numerals import Number
from medloc.checks.reading import Reading, Side
from medloc.checks.western import western


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
    if "multipliers" not in target.lexicon.tables:
        bare = _bare(source)
        ours |= set(bare)
        theirs |= {value for plain, value in bare.items() if plain in theirs}
    missing = _without(source.numbers, theirs, target, source)
    extra = _without(target.numbers, ours, source, target)
    if missing and extra:
        missing, extra = _rescaled(missing, extra)
    if not missing and (dropped := _dropped(source.numbers, target.numbers)):
        holes = _HOLE.search(target.text) and not _HOLE.search(source.text)
        missing = dropped if holes else missing
    if not extra and "numbers" not in target.lexicon.tables:
        missing = tuple(number for number in missing if not _small(number))
    extra += _strange_names(target.numbers, ours)
    if not missing and not extra:
        missing, extra = _exchanged(source.numbers, target.numbers)
    if not missing and not extra:
        return _SAME
    return Differences(missing, extra)


def _exchanged(
    ours: Sequence[Number], theirs: Sequence[Number]
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """Numbers in digits said more often than on the other side, where both sides have as many but
    not the same: 5-5-10 became 5-10-10."""
    one = [n for n in ours if n.how == "digits"]
    other = [n for n in theirs if n.how == "digits"]
    if len(one) < 3 or len(one) != len(other):
        return (), ()
    lost, new = _more_often(one, other), _more_often(other, one)
    return (lost, new) if lost and new else ((), ())


def _more_often(one: Sequence[Number], other: Sequence[Number]) -> tuple[Number, ...]:
    counts = Counter(number.values[0] for number in one)
    said = Counter(value for number in other for value in set(number.values))
    return tuple(
        number
        for number in one
        if counts[number.values[0]] > max(said[value] for value in number.values) > 0
    )


def _small(number: Number) -> bool:
    """Whether a translator may have written a number in words."""
    return len(number.values[0]) < 3 or number.values[0] in ("100", "1000", "1000000")


# What one of a unit is in the smallest of its kind; ten years are a decade, 500 mg are 0.5 g.
_SCALES = {
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86400),
    "week": ("time", 604800), "month": ("months", 1), "year": ("months", 12),
    "decade": ("months", 120), "century": ("months", 1200), "ng": ("mass", 1),
    "mcg": ("mass", 10**3), "mg": ("mass", 10**6), "g": ("mass", 10**9), "kg": ("mass", 10**12),
    "µl": ("volume", 1), "ml": ("volume", 10**3), "cl": ("volume", 10**4), "dl": ("volume", 10**5),
    "l": ("volume", 10**6), "nm": ("length", 1), "µm": ("length", 10**3), "mm": ("length", 10**6),
    "cm": ("length", 10**7), "m": ("length", 10**9), "km": ("length", 10**12),
}  # fmt: skip


def _rescaled(
    missing: Sequence[Number], extra: Sequence[Number]
) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """What is left where the same amounts are written with other units."""
    common = {_amount(n) for n in missing} & {_amount(n) for n in extra} - {None}
    if not common:
        return tuple(missing), tuple(extra)
    return (
        tuple(n for n in missing if _amount(n) not in common),
        tuple(n for n in extra if _amount(n) not in common),
    )


def _amount(number: Number) -> tuple[str, Decimal] | None:
    scale = _SCALES.get(number.unit)
    if scale is None or not number.values[0].replace(".", "", 1).isdecimal():
        return None
    return scale[0], Decimal(number.values[0]) * scale[1]


# What a lost number leaves behind: two spaces, a space at a bracket.
_HOLE = re.compile(r"[ \xa0\u202f][ \xa0\u202f]|\([ \xa0]?\)|\([ \xa0]|\S[ \xa0]\)|[ \xa0][,،]")


def _dropped(ours: Sequence[Number], theirs: Sequence[Number]) -> tuple[Number, ...]:
    """The numbers that the other side has less often, the last of each value; those of names too,
    for where ACE2 is spelled out its 2 stands alone."""
    said = Counter(n.values[0] for n in theirs if n.how in ("digits", "words", "name"))
    lost = []
    for number in ours:
        if number.how in ("digits", "name") and ":" not in number.values[0]:
            if said[number.values[0]] == 0:
                lost.append(number._replace(how="digits"))
            said[number.values[0]] -= 1
    return tuple(lost)


def _strange_names(numbers: Sequence[Number], others: set[str]) -> tuple[Number, ...]:
    """Names in the translation with digits that nothing in the source has: COVID-91. Not of one
    digit, nor those of the diseases that a translator may name where the source does not."""
    return tuple(
        number
        for number in numbers
        if number.how == "name"
        and len(number.values[0]) > 1
        and number.values[0] not in _NAMED
        and others.isdisjoint(number.values)
    )


_NAMED = frozenset({"19", "2019"})
_SAME = Differences((), ())


def _values(side: Side) -> set[str]:
    """All readings of all numbers, and of what may stand for a number; not of months' names."""
    values = {value for number in side.numbers if number.how != "month" for value in number.values}
    for value in [value for value in values if ":" in value or "/" in value]:
        values.update(re.split("[:/]", value))  # 14:30 may be written 14時30分
    return values


def _bare(side: Side) -> dict[str, str]:
    """The numbers before a multiple and multiplied, for a language whose word for million is not
    known: "5" of 5 million."""
    return {
        value: number.values[0]
        for number in side.numbers
        if number.how == "digits" and number.values[0].endswith("000")
        for digits in read_digits(western(side.text[number.start : number.end]), side.locale)
        for value in digits.values
    }


def _without(
    numbers: Sequence[Number], others: set[str], other: Side, own: Side
) -> tuple[Number, ...]:
    return tuple(
        number
        for number in numbers
        if number.how in ("digits", "words")
        and others.isdisjoint(number.values)
        and not excused(number, others, own, other)
    )
