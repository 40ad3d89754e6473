"""What the checks of units share: a number keeps its value and changes its unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medloc.checks.measures import base, damaged_unit, mentions, unit_at
from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Side, quoted
from medloc.model import Severity
from medloc.phrases import phrase


def measured(side: Side) -> Sequence[Number]:
    """The numbers of a text that somebody wrote out, those in words with their units too; none of
    a text with so many that it is a table, because each is held against each."""
    if len(side.numbers) > _MANY:
        return ()
    found = []
    for number in side.numbers:
        if number.how == "words" and not number.unit:
            unit = unit_at(side.prose, side.words, number.start, number.end, side.lexicon)
            number = number._replace(unit=unit[0], unit_span=unit[1]) if unit else number
        if number.how in ("digits", "words"):
            found.append(number)
    return found


def changed(
    source: Sequence[Number], target: Sequence[Number], kind: Sequence[Number]
) -> Iterator[tuple[Number, Number]]:
    """(number of the source, number of the translation) whose value is one and whose unit is not.

    `kind` holds the source's numbers with the units in question. Counted, so that "5 mg and 5 ml"
    written in another order is no change.
    """
    for number in kind:
        same = [other for other in target if equal(number, other)]
        if not same or _count(same, number.unit) >= _count(
            [other for other in source if equal(number, other)], number.unit
        ):
            continue
        for other in same:
            if other.unit and not alike(other.unit, number.unit):
                mine = [one for one in source if equal(one, other)]
                if _count(same, other.unit) > _count(mine, other.unit):
                    yield number, other
                    break


def damaged(
    side: Side, target: Sequence[Number], kind: Sequence[Number]
) -> Iterator[tuple[Number, Number]]:
    """As `changed`, where letters were written into the name of the unit: 2 metres, 2 cmetres."""
    for number in kind:
        for other in target:
            if not other.unit and equal(number, other):
                found = damaged_unit(side.prose, other.end, side.lexicon)
                if found and alike(found[0], number.unit):
                    yield number, other._replace(unit_span=found[1])
                    break


def added(side: Side, source: Sequence[Number], kind: Sequence[Number]) -> Iterator[
    tuple[Number, Number]
]:  # fmt: skip
    """(number of the source, number of the translation) that got a unit of which the source says
    nothing at all: 2020, 2020 mg. `kind` holds the translation's numbers with such units."""
    for number in kind:
        same = [one for one in source if equal(one, number)]
        if not same or any(one.unit for one in same):
            continue
        known = any(alike(one.unit, number.unit) for one in source if one.unit)
        if not known and not mentions(side.words, number.unit, side.lexicon):
            yield same[0], number


def lost(side: Side, target: Sequence[Number], kind: Sequence[Number]) -> Iterator[
    tuple[Number, Number]
]:  # fmt: skip
    """(number of the source, number of the translation) whose unit is gone, or cannot be read.
    `kind` holds the source's numbers with such units."""
    for number in kind:
        same = [one for one in target if equal(one, number)]
        if not same or any(one.unit for one in same):
            continue
        known = any(alike(one.unit, number.unit) for one in target if one.unit)
        if not known and not mentions(side.words, number.unit, side.lexicon):
            yield number, same[0]


def issue_of(
    source: Side, target: Side, here: Number, there: Number, severity: Severity | None = None
) -> Issue:
    """The issue of one pair of numbers."""
    mine, theirs = _span(here), _span(there)
    said, now = quoted(source.text, [mine]), quoted(target.text, [theirs])
    return Issue(
        phrase("The source says {said}; the translation says {now}.", said=said, now=now),
        (mine,),
        (theirs,),
        severity,
    )


def equal(one: Number, other: Number) -> bool:
    """Whether two numbers may have one value."""
    return one.values[0] in other.values or other.values[0] in one.values


def alike(one: str, other: str) -> bool:
    """Whether two keys may name one unit: mg and mg/kg, ° and °C, m and m²."""
    if one == other:
        return True
    if "/" in one and "/" in other:
        return False
    return base(one) == base(other) or {base(one), base(other)} in _ALIKE


def _count(numbers: Sequence[Number], unit: str) -> int:
    return sum(1 for number in numbers if number.unit and alike(number.unit, unit))


def _span(number: Number) -> tuple[int, int]:
    if number.unit_span == (0, 0):
        return number.span
    return min(number.start, number.unit_span[0]), max(number.end, number.unit_span[1])


_MANY = 150
_ALIKE = ({"°", "°C"}, {"°", "°F"}, {"U", "IU"}, {"tablet", "capsule"})
