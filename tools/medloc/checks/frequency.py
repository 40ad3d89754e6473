"""How often: daily for weekly, twice for three times. ISMP lists such exchanges (daily and weekly
methotrexate) among those that kill, https://www.ismp.org/recommendations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from medloc.checks.exchanged_units import measured
from medloc.checks.lexicon import Lexicon
from medloc.checks.reading import Issue, Reading, Side, Signal, quoted
from medloc.model import Span
from medloc.phrases import phrase
from medloc.yaml_text import YamlMapping

_PERIODS = frozenset({"hourly", "daily", "every other day", "weekly", "monthly", "yearly"})
_EACH = {"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
_TIMES = {"once": "1", "twice": "2", "three times": "3", "four times": "4"}


def frequency(reading: Reading) -> Iterator[Issue]:
    """A period or a number of times that was exchanged for another; a missing one is silent."""
    source, target = reading.source, reading.target
    mine, theirs = source.signals.get("frequency"), target.signals.get("frequency")
    if not mine or not (theirs or not target.lexicon.segmented):
        return
    theirs = theirs or ()
    for here, there in (
        (_periods(mine), _periods(theirs) + _single(source, target)),
        (_counts(source, mine), _counts(target, theirs)),
    ):
        issue = _exchange(reading, here, there)
        if issue:
            yield issue


Said = list[tuple[str, Span]]  # what is said, and where


def _exchange(reading: Reading, here: Said, there: Said) -> Issue | None:
    mine, theirs = Counter(key for key, _ in here), Counter(key for key, _ in there)
    if not mine or not theirs or mine == theirs:
        return None
    lost = tuple(span for key, span in here if mine[key] > theirs[key])
    new = tuple(span for key, span in there if theirs[key] > mine[key])
    if not lost or not new:
        return None
    said, now = quoted(reading.source.text, lost), quoted(reading.target.text, new)
    return Issue(
        phrase("The source says {said}; the translation says {now}.", said=said, now=now), lost, new
    )


def _periods(signals: Sequence[Signal]) -> Said:
    return [(signal.key, signal.span) for signal in signals if signal.key in _PERIODS]


def _single(source: Side, target: Side) -> Said:
    """Japanese and Chinese "1日" for "a day", where the source has no such number."""
    if target.lexicon.segmented:
        return []
    said = {number.unit for number in source.numbers if "1" in number.values}
    return [
        (_EACH[number.unit], (number.start, number.unit_span[1]))
        for number in target.numbers
        if number.how == "digits" and number.values == ("1",) and number.unit in _EACH.keys() - said
    ]


def _counts(side: Side, signals: Sequence[Signal]) -> Said:
    """How many times, in words of their own ("twice") or as a number ("2 times")."""
    numberless = _numberless(side.lexicon)
    more = [signal.end for signal in side.said("comparison", "more")]
    found = [
        (_TIMES[signal.key], signal.span)
        for signal in signals
        if signal.key in _TIMES
        and side.text[signal.start : signal.end].lower() not in numberless
        and not any(0 <= signal.start - end < 3 for end in more)  # more than once: twice or more
    ]
    taken = [span for _, span in found]
    for number in measured(side):
        inside = any(start <= number.start < end for start, end in taken)
        if number.unit == "times" and not inside:
            found.append((number.values[0], (number.start, max(number.end, number.unit_span[1]))))
    return found


def _numberless(lexicon: Lexicon) -> frozenset[str]:
    """What is left of the phrases with a digit ("2 times"): digits are no words, so "times" alone
    must not count as twice."""
    found = lexicon.cache.get("frequency")
    if found is None:
        found = lexicon.cache["frequency"] = frozenset(
            " ".join(word.folded for word in lexicon.words(phrase))
            for phrase in _phrases(lexicon)
            if any(character.isdigit() for character in phrase)
        )
    assert isinstance(found, frozenset)
    return found


def _phrases(lexicon: Lexicon) -> Iterator[str]:
    signals = lexicon.data.get("signals") if lexicon.data else None
    table = signals.get("frequency") if isinstance(signals, YamlMapping) else None
    if isinstance(table, YamlMapping):
        for key in _TIMES:
            for phrase in table.get(key, ()):
                yield str(phrase)
