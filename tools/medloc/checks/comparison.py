"""More than and less than, at least and at most exchanged: in words, or as < > ≤ ≥.

"<" and ">" are read wrongly so often that ISMP lists them among error-prone symbols:
https://www.ismp.org/recommendations/error-prone-abbreviations-list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from medloc.checks.numerals import Number
from medloc.checks.opposites import Poles, exchanged, issue_of
from medloc.checks.reading import Issue, Reading, Side, Signal
from medloc.model import Severity

_UP, _DOWN = frozenset({"more", "at least"}), frozenset({"less", "at most"})
_LOW = frozenset({"low", "decrease", "below"})
_HIGH = frozenset({"high", "increase", "above"})
_POLES: tuple[Poles, ...] = (
    (("at least",), ("at most",)),
    (("more",), ("less",)),
    (_UP, _DOWN),
)
_BOUNDS = frozenset({"at least", "at most"})
_KEYS = {
    "<": "less", "＜": "less", "﹤": "less", "≤": "at most", "≦": "at most", "⩽": "at most",
    ">": "more", "＞": "more", "﹥": "more", "≥": "at least", "≧": "at least", "⩾": "at least",
}  # fmt: skip
_MIRRORED = {"less": "more", "more": "less", "at most": "at least", "at least": "at most"}
# A sign before a number; or behind one, where it is read from the number's side: "65 ≤" is "≥ 65".
_SIGN = re.compile(
    r"(?<![-=<>])(?P<before>[<>≤≥≦≧⩽⩾＜＞﹤﹥])(?P<equal>=?)[\s\u200e\u200f]{0,3}(?=\d)"
    r"|(?<=\d)\s{0,2}(?P<behind>[<>≤≥≦≧⩽⩾＜＞﹤﹥])(?P<equals>=?)(?![-=<>]|\s{0,3}\d)"
)
_SIGNS = frozenset(_KEYS)
_BEFORE, _BEHIND = 14, 24  # letters between a comparison and its number
_REACH = 40  # letters in which a "not" turns a comparison around
_REACH_BEHIND = 12  # the same, behind it, where the verb and its "not" come last
_FAR = 60  # where the first text says "not more than", and so must the second
_DIGIT = re.compile(r"\d")
_CLAUSE = re.compile(r"[,;:!?()\n،؛。、，；：।]|\.\s")
# Where the verb ends the sentence, so does its negation: 4টির বেশি খাবেন না.
_VERB_LAST = frozenset(
    {"ja", "ko", "bn", "as", "hi", "mr", "ne", "ur", "ta", "te", "tr", "az", "fa"}
)
_DIVIDES = re.compile(r"[.,;:!?()\n،؛。、，；：]\s|[()\n；。]")


def comparison(reading: Reading) -> Iterator[Issue]:
    """A comparison in exchange for its opposite: of one number (an error), else by counts."""
    source, target = _comparisons(reading.source), _comparisons(reading.target)
    if not source or not target:
        return
    found = False
    for one, other in _turned(reading, source, target):
        yield issue_of(reading, ([one], [other]))._replace(severity=Severity.ERROR)
        found = True
    if found:
        return
    for poles in _POLES:
        for lost, new in exchanged(reading, source, target, poles):
            if (
                any(_firm(reading.source, signal) for signal in lost)
                and any(_firm(reading.target, signal) for signal in new)
                and _alike(reading, lost[0], new[0])
                and not _leaning(reading, down=new[0].key in _DOWN)
            ):
                yield issue_of(reading, (lost, new))
                return


def _comparisons(side: Side) -> Sequence[Signal]:
    words = side.signals.get("comparison", ())
    if _SIGNS.isdisjoint(side.prose):
        return words
    return sorted([*words, *_signs(side.prose)], key=lambda signal: signal.start)


def _signs(prose: str) -> Iterator[Signal]:
    for match in _SIGN.finditer(prose):
        sign = match["before"] or match["behind"]
        key = _KEYS[sign]
        if match["equal"] or match["equals"]:
            key = {"less": "at most", "more": "at least"}.get(key, key)
        if match["behind"]:
            key = _MIRRORED[key]
        at = match.start("before" if match["before"] else "behind")
        yield Signal("comparison", key, at, at + 1)


def _turned(
    reading: Reading, source: Sequence[Signal], target: Sequence[Signal]
) -> Iterator[tuple[Signal, Signal]]:
    """Comparisons of one number that point up in one text and down in the other."""
    here = _by_value(reading.source, source)
    there = _by_value(reading.target, target) if here else {}
    seen: set[tuple[int, int]] = set()
    for value in here.keys() & there.keys():
        one, other = here[value], there[value]
        if (one.start, other.start) not in seen:
            seen.add((one.start, other.start))
            if _opposed(reading, one, other):
                yield one, other


def _opposed(reading: Reading, one: Signal, other: Signal) -> bool:
    """Whether two comparisons of one number point apart. "Not more" is as good as "at most", where
    a "not" of the other text cannot be what the first is negated with."""
    up, down = one.key in _UP, other.key in _UP
    here, there = _negated(reading.source, one), _negated(reading.target, other)
    if here == there or up != down:
        far = here and _far_negated(reading.target, other)
        return up != down and (far or _alike(reading, one, other))
    bound, free = (other, reading.target) if here else (one, reading.source)
    return bound.key in _BOUNDS and not _negations(free)


def _by_value(side: Side, signals: Sequence[Signal]) -> Mapping[str, Signal]:
    """The comparison of each number, the nearest of several; none where two equally near
    disagree."""
    found: dict[str, tuple[int, Signal]] = {}
    doubtful: dict[str, int] = {}
    numbers = [number for number in side.numbers if number.how in ("digits", "words")]
    for signal in signals:
        number, gap = _nearest(side.prose, signal, numbers)
        for value in number.values if number else ():
            old = found.get(value)
            if old is None or gap < old[0]:
                found[value] = gap, signal
            elif gap == old[0] and (old[1].key in _UP) != (signal.key in _UP):
                doubtful[value] = gap
    return {value: signal for value, (gap, signal) in found.items() if doubtful.get(value) != gap}


def _nearest(prose: str, signal: Signal, numbers: Sequence[Number]) -> tuple[Number | None, int]:
    """The number that a comparison stands beside, before or behind it, in the same clause, and
    how far from it."""
    best, distance = None, _BEHIND + 1
    behind = bisect_left(numbers, signal.end, key=_start)
    if behind < len(numbers):
        number = numbers[behind]
        gap = number.start - signal.end
        if gap <= _BEFORE and not _DIVIDES.search(prose, signal.end, number.start):
            best, distance = number, gap
    before = bisect_left(numbers, signal.start, key=_start) - 1
    if before >= 0:
        number = numbers[before]
        gap = signal.start - number.end
        if 0 <= gap < distance and not _DIVIDES.search(prose, number.end, signal.start):
            best, distance = number, gap
    return best, distance


def _firm(side: Side, signal: Signal) -> bool:
    """Whether a signal surely says a side: a bound, a place, or more or less than a number."""
    if signal.key in ("at least", "at most"):
        return True
    if any(other.start == signal.start for other in side.said("place") + side.said("level")):
        return True
    around = slice(max(0, signal.start - _BEHIND), signal.end + _BEFORE)
    return _DIGIT.search(side.prose[around]) is not None or " " in side.text[slice(*signal.span)]


def _leaning(reading: Reading, *, down: bool) -> bool:
    """Whether other words of the source may have become the comparison: "lower", "reduced". Not
    where the translation says them too."""
    words = _LOW if down else _HIGH
    said, kept = (
        sum(
            signal.key in words
            for category in ("level", "change", "place")
            for signal in side.signals.get(category, ())
        )
        for side in reading.sides
    )
    return said > kept


def _alike(reading: Reading, one: Signal, other: Signal) -> bool:
    """Whether both comparisons are turned around by a "not", or neither is.

    Where the verb comes last, its "not" stands behind every comparison of the clause, so one that
    the source has too may belong elsewhere: "children under 5 should not take".
    """
    here, there = _negated(reading.source, one), _negated(reading.target, other)
    if there and not here and reading.target.lexicon.language in _VERB_LAST:
        return bool(_negations(reading.source))
    return here == there


def _negated(side: Side, signal: Signal) -> bool:
    """Whether a "not" of the same clause turns a comparison around: "do not take more than"."""
    negations, language = _negations(side), side.lexicon.language
    behind = bisect_left(negations, signal.end, key=_start)
    if language in _VERB_LAST and behind < len(negations):
        between = signal.end, negations[behind].start
        if between[1] - between[0] <= _REACH_BEHIND and not _CLAUSE.search(side.prose, *between):
            return True
    before = bisect_left(negations, signal.start, key=_start) - 1
    if before < 0 or (language in _VERB_LAST and language != "fa"):
        return False
    between = negations[before].end, signal.start
    return 0 <= between[1] - between[0] <= _REACH and not _CLAUSE.search(side.prose, *between)


def _far_negated(side: Side, signal: Signal) -> bool:
    """Whether a verb at the end of the clause is negated: 4টির কম ট্যাবলেট খাবেন না."""
    negations = _negations(side)
    behind = bisect_left(negations, signal.end, key=_start)
    if side.lexicon.language not in _VERB_LAST or behind == len(negations):
        return False
    between = signal.end, negations[behind].start
    return between[1] - between[0] <= _FAR and not _CLAUSE.search(side.prose, *between)


@lru_cache(maxsize=4)  # asked again and again of the two texts of a pair
def _negations(side: Side) -> Sequence[Signal]:
    return side.said("negation", "not")


def _start(one: Signal | Number) -> int:
    return one.start
