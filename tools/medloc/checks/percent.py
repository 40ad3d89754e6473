"""Percent lost or added beside a number: 5 % of the patients are not 5 patients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.phrases import phrase


def percent(reading: Reading) -> Iterator[Issue]:
    """A number with a percent sign on one side and without on the other."""
    source, target = reading.source, reading.target
    if not source.numbers or not target.numbers:
        return
    ours, theirs = _percents(source), _percents(target)
    if not ours and not theirs:
        return
    lost, bare = _only(ours, theirs, target.numbers)
    if lost:
        yield Issue(
            phrase(
                "The source says {said}; the translation says {now} without percent.",
                said=_shown(source, lost),
                now=quoted(target.text, (n.span for n in bare)),
            ),
            tuple(n.span for n in lost),
            tuple(n.span for n in bare),
        )
    added, plain = _only(theirs, ours, source.numbers)
    if added and not lost:
        yield Issue(
            phrase(
                "The translation says {now}; the source says {said} without percent.",
                now=_shown(target, added),
                said=quoted(source.text, (n.span for n in plain)),
            ),
            tuple(n.span for n in plain),
            tuple(n.span for n in added),
        )


def _percents(side: Side) -> list[Number]:
    """The numbers that are percents; in "20-30%" and "20 to 30 percent" both are."""
    found: list[Number] = []
    numbers = [number for number in side.numbers if number.how in ("digits", "words")]
    for place, number in enumerate(numbers):
        if number.unit != "%":
            continue
        found.append(number)
        while place and numbers[place - 1].unit == "" and _near(side, numbers, place):
            place -= 1
            found.append(numbers[place])
    return found


def _near(side: Side, numbers: Sequence[Number], place: int) -> bool:
    gap = side.prose[numbers[place - 1].end : numbers[place].start]
    return len(gap) <= 8 and "." not in gap and "(" not in gap


def _only(
    one: Sequence[Number], other: Sequence[Number], numbers: Sequence[Number]
) -> tuple[list[Number], list[Number]]:
    """The percents of one side that the other has only as plain numbers, and those numbers."""
    known = {value for number in other for value in number.values}
    lost, bare = [], []
    for number in one:
        if number.unit == "%" and known.isdisjoint(number.values):
            same = [n for n in numbers if n.how == "digits" and n.unit != "%"
                    and not set(n.values).isdisjoint(number.values)]  # fmt: skip
            if same:
                lost.append(number)
                bare += same
    return lost, bare


def _shown(side: Side, numbers: Sequence[Number]) -> str:
    return quoted(side.text, ((n.start, max(n.end, n.unit_span[1])) for n in numbers))
