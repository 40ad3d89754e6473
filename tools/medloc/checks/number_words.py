"""Numbers written in words that became other numbers: "two weeks" for "three weeks"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from medloc.checks.differences import differences
from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.phrases import phrase


def number_words(reading: Reading) -> Iterator[Issue]:
    """A number in words that is gone while another came.

    Silent where a word is merely missing: translations drop "two" and say it by a dual or "both".
    """
    source, target = reading.source, reading.target
    if "numbers" not in source.lexicon.tables & target.lexicon.tables:
        return
    if not source.numbers or not target.numbers:
        return
    found = differences(reading)
    missing = [n for n in found.missing if n.how == "words"]
    extra = [n for n in found.extra if n.how == "words"]
    if missing or extra:
        lost = missing or [n for n in found.missing if n.how == "digits"]
        lost = lost or _more(source, target, stated=bool(extra))
        new = extra or [n for n in found.extra if n.how == "digits"] or _more(target, source)
        if not lost:
            lost = _implied(source, target)
    elif found.extra or found.missing or not _reshuffled(source, target):
        return
    else:  # as many numbers, but one of them more often and another less often
        lost, new = _more(source, target, stated=True), _more(target, source)
    if not lost or not new:
        return
    yield Issue(
        phrase(
            "The source says {said}; the translation says {now}.",
            said=quoted(source.text, (n.span for n in lost)),
            now=quoted(target.text, (n.span for n in new)),
        ),
        tuple(n.span for n in lost),
        tuple(n.span for n in new),
    )


def _implied(source: Side, target: Side) -> list[Number]:
    """Words such as "twice" whose number the translation has not; "one" is read with care, for it
    is an article in many languages."""
    said = {value for number in target.numbers for value in number.values}
    return [
        number
        for number in source.numbers
        if number.how == "implied" and (number.values == ("1",) or number.values[0] not in said)
    ]


_STATED = ("digits", "words")


def _reshuffled(source: Side, target: Side) -> bool:
    """Whether both sides state as many numbers, but not the same."""
    ours = [number.values[0] for number in source.numbers if number.how in _STATED]
    theirs = [number.values[0] for number in target.numbers if number.how in _STATED]
    return len(ours) == len(theirs) and sorted(ours) != sorted(theirs)


def _more(one: Side, other: Side, *, stated: bool = False) -> list[Number]:
    """The numbers in words that one side says more often than the other, which may imply them
    unless they must be `stated`."""
    hows = _STATED if stated else (*_STATED, "implied")
    said = Counter(value for n in other.numbers if n.how in hows for value in n.values)
    ours = Counter(n.values[0] for n in one.numbers if n.how in _STATED)
    return [
        number
        for number in one.numbers
        if number.how == "words"
        and ours[number.values[0]] > max(said[value] for value in number.values)
    ]
