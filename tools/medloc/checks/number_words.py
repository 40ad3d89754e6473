"""Numbers written in words that became other numbers: "two weeks" for "three weeks"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from medloc.checks.differences import differences
from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, Side, quoted


def number_words(reading: Reading) -> Iterator[Issue]:
    """A number in words that is gone while another came.

    Silent where a word is merely missing: translations drop "two" and say it by a dual or "both".
    """
    source, target = reading.source, reading.target
    if not source.numbers or not target.numbers:
        return
    found = differences(reading)
    missing = [n for n in found.missing if n.how == "words"]
    extra = [n for n in found.extra if n.how == "words"]
    if not missing and not extra:
        return
    lost = missing or [n for n in found.missing if n.how == "digits"] or _more(source, target)
    if not lost:  # "one" is read with care, for it is an article in many languages
        lost = [n for n in source.numbers if n.values == ("1",) and n.how == "implied"]
    new = extra or [n for n in found.extra if n.how == "digits"] or _more(target, source)
    if not lost or not new:
        return
    yield Issue(
        f"The source says {quoted(source.text, (n.span for n in lost))}; the translation says "
        f"{quoted(target.text, (n.span for n in new))}.",
        tuple(n.span for n in lost),
        tuple(n.span for n in new),
    )


def _more(one: Side, other: Side) -> Sequence[Number]:
    """The numbers in words that one side says more often than the other."""
    said = Counter(value for n in other.numbers for value in n.values)
    return [
        number
        for number in one.numbers
        if number.how == "words"
        and sum(not set(n.values).isdisjoint(number.values) for n in one.numbers)
        > max(said[value] for value in number.values)
    ]
