"""What the two checks of negation share: what a text denies, and what may excuse a difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from medloc.checks.opposites import within
from medloc.checks.reading import Reading, Side, Signal
from medloc.model import Span


class Denials(NamedTuple):
    """The negations of a text or of one sentence: those that count, words that may stand for one
    in the other language ("avoid", "unless"), bounds, which often hold one ("no more than"), and
    words that may gain one and never stand for one ("remember": do not forget)."""

    sure: Sequence[Signal]
    maybe: Sequence[Signal]
    bounds: Sequence[Signal]
    gaining: Sequence[Signal] = ()

    def within(self, span: Span) -> Denials:
        """Those of a part of the text."""
        return Denials(*(within(some, span) for some in self))


def known(reading: Reading) -> bool:
    """Whether both languages have lists of negations: without one, nothing can be missing."""
    return all("negation" in side.lexicon.tables for side in reading.sides)


def denials(side: Side) -> Denials:
    """What a text denies. Words that only go along with a negation (никто не) do not count, nor
    those that end a question (có đau không?)."""
    signals = side.signals.get("negation", ())
    compared = side.signals.get("comparison", ())
    if not signals and not compared:
        return _NOTHING
    taken = {signal.span for signal in compared}
    asks = _ASKING.get(side.lexicon.language, _never)
    rest = [
        signal for signal in signals if signal.span not in taken and not asks(side.prose, signal)
    ]
    return Denials(
        [signal for signal in rest if signal.key == "not"],
        [signal for signal in rest if signal.key == "maybe"],
        [signal for signal in compared if signal.key in _BOUNDS],
        [signal for signal in rest if signal.key == "gain"],
    )


def spans(signals: Sequence[Signal]) -> tuple[Span, ...]:
    """Where signals stand."""
    return tuple(signal.span for signal in signals)


def _never(prose: str, signal: Signal) -> bool:
    return False


def _asks_at_the_end(prose: str, signal: Signal) -> bool:
    """Vietnamese "có đau không", and "không" alone is an answer."""
    if not _CLOSED.match(prose, signal.end):
        return False
    before = prose[max(0, signal.start - 3) : signal.start].rstrip()
    return bool(before) and before[-1].isalnum()


def _asks_by_both(prose: str, signal: Signal) -> bool:
    """Turkish "çalışıp çalışmadığını": whether it works."""
    word = prose[signal.start : signal.start + 3].lower()
    before = _CONVERB.search(prose, max(0, signal.start - 24), signal.start)
    return before is not None and before[1].lower().startswith(word)


def _numbers(prose: str, signal: Signal) -> bool:
    """English "no. 5"."""
    return _NUMBERED.match(prose, signal.end) is not None


_ASKING = {"en": _numbers, "vi": _asks_at_the_end, "tr": _asks_by_both}
_NUMBERED = re.compile(r"\.\s?[\d%#]")
_CLOSED = re.compile(r"\s?(?:[.,;:?!)\n]|$)")
_CONVERB = re.compile(r"(?<!\w)(\w{1,20}[ıiuü]p) $")
_BOUNDS = frozenset({"at least", "at most"})
_NOTHING = Denials((), (), ())
