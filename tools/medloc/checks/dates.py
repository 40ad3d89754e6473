"""Days of the week exchanged, and day and month exchanged in numeric dates: 03/05/2020 is 5 March
in the United States and 3 May nearly everywhere else (ISO 8601 was made for that)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from medloc.checks.month_words import months_of
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.checks.weekdays import weekdays_of
from medloc.languages import day_comes_first
from medloc.model import Span
from medloc.phrases import phrase


def dates(reading: Reading) -> Iterator[Issue]:
    """A weekday of the source that became another one, and numeric dates in the wrong order."""
    yield from _weekdays(reading)
    if _NUMERIC.search(reading.target.prose):
        yield from _orders(reading)


def _weekdays(reading: Reading) -> Iterator[Issue]:
    source = weekdays_of(reading.source)
    target = weekdays_of(reading.target) if source else []
    if not target:
        return
    mine, theirs = (Counter(day.number for day in days) for days in (source, target))
    lost = tuple(day.span for day in source if not theirs[day.number])
    new = tuple(day.span for day in target if not mine[day.number])
    if lost and new:
        yield _issue(reading, lost, new)


class _Date(NamedTuple):
    day: int
    month: int
    year: int  # of two digits, or -1
    span: Span


def _orders(reading: Reading) -> Iterator[Issue]:
    """Dates of the translation whose day and month are the source's month and day."""
    source = [*_written(reading.source), *_numeric(reading.source, proven=True)]
    said = {(one.day, one.month): one for one in reversed(source)}
    for date in _numeric(reading.target, proven=False):
        one = said.get((date.month, date.day))
        if one is None or (date.day, date.month) in said:
            continue
        if one.year == date.year or -1 in (one.year, date.year):
            yield _issue(reading, (one.span,), (date.span,))


def _written(side: Side) -> Iterator[_Date]:
    """Dates with the name of their month: 5 March 2020, March 5."""
    for month in months_of(side):
        before = _DAY_BEFORE.search(side.prose, max(0, month.start - 8), month.start)
        behind = _DAY_BEHIND.match(side.prose, month.end)
        year = _YEAR.match(side.prose, behind.end() if behind else month.end)
        day = before or behind
        if day:
            start, end = min(month.start, day.start(1)), max(month.end, day.end(1))
            yield _Date(int(day[1]), month.number, _year(year and year[1]), (start, end))


def _numeric(side: Side, *, proven: bool) -> Iterator[_Date]:
    """Dates in digits; in the order of the locale, or only those that have no second reading."""
    first = day_comes_first(side.locale)
    for match in _NUMERIC.finditer(side.prose):
        if match["iso"]:
            yield _Date(int(match["d"]), int(match["m"]), _year(match["iso"]), match.span())
            continue
        one, two, year = int(match["a"]), int(match["b"]), _year(match["y"])
        if one > 12 >= two or (first and not proven and two <= 12):
            yield _Date(one, two, year, match.span())
        elif two > 12 >= one or (first is False and not proven and one <= 12):
            yield _Date(two, one, year, match.span())


def _year(digits: str | None) -> int:
    return int(digits[-2:]) if digits else -1


def _issue(reading: Reading, here: tuple[Span, ...], there: tuple[Span, ...]) -> Issue:
    said, now = quoted(reading.source.text, here), quoted(reading.target.text, there)
    return Issue(
        phrase("The source says {said}; the translation says {now}.", said=said, now=now),
        here,
        there,
    )


_NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<iso>[12]\d{3})-(?P<m>0?[1-9]|1[0-2])-(?P<d>[12]\d|3[01]|0?[1-9])"
    r"|(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)?\d\d))(?![\w/-]|\.\d)"
)
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?: of)? $")
_DAY_BEHIND = re.compile(r"\.? (\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_YEAR = re.compile(r",? ([12]\d{3})(?!\d)")
