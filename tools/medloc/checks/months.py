"""A month exchanged for another. ISMP names dates among what medication errors come from,
https://www.ismp.org/recommendations/error-prone-abbreviations-list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from medloc.checks.month_words import Month, months_of
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.phrases import phrase


def months(reading: Reading) -> Iterator[Issue]:
    """Months that the source has more often than the translation, where the translation has
    another one more often than the source. A month written as a number is no missing one."""
    source = months_of(reading.source)
    if not source:
        return
    target = months_of(reading.target)
    if not target:
        return
    mine, theirs = (Counter(month.number for month in side) for side in (source, target))
    if mine == theirs:
        return
    lost = _more(source, theirs, mine, reading.target)
    new = _more(target, mine, theirs, reading.source)
    if not lost or not new:
        return
    balanced = mine.total() == theirs.total()
    if balanced or (
        any(not theirs[m.number] for m in lost) and any(not mine[m.number] for m in new)
    ):
        here, there = tuple(m.span for m in lost), tuple(m.span for m in new)
        said, now = quoted(reading.source.text, here), quoted(reading.target.text, there)
        yield Issue(
            phrase("The source says {said}; the translation says {now}.", said=said, now=now),
            here,
            there,
        )


def _more(one: list[Month], other: Counter[int], counts: Counter[int], side: Side) -> list[Month]:
    """The sure months that one text has more often, and that the other does not write as a number
    in a date."""
    found = [m for m in one if m.sure and counts[m.number] > other[m.number]]
    if found and any(character.isdigit() for character in side.prose):
        parts = (match.groups("0") for match in _DATE.finditer(side.prose))
        dates = {int(part) for groups in parts for part in groups}
        found = [month for month in found if month.number not in dates]
    return found


# 15.3. and 3/15, also in 2020-03-15; native digits too. With a stop the month comes second.
_DATE = re.compile(
    r"(?<![\d.,])(?:(\d{1,2})\s?[/-]\s?(\d{1,2})|(?:[12]?\d|3[01])\.\s?(0?[1-9]|1[0-2]))"
    r"(?!\d|[.,]\d{3})"
)
