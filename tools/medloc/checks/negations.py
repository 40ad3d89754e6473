"""What the two checks of negation share: what a text denies, and what may excuse a difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from medloc.checks.opposites import within
from medloc.checks.reading import Reading, Side, Signal
from medloc.model import Span


class Denials(NamedTuple):
    """The negations of a text or of one sentence: those that count, words that may stand for one
    in the other language ("avoid", "unless"), and bounds, which often hold one ("no more than")."""

    sure: Sequence[Signal]
    maybe: Sequence[Signal]
    bounds: Sequence[Signal]

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
    rest = [
        signal
        for signal in signals
        if signal.span not in taken and side.prose[signal.end : signal.end + 1] != "?"
    ]
    return Denials(
        [signal for signal in rest if signal.key == "not"],
        [signal for signal in rest if signal.key == "maybe"],
        [signal for signal in compared if signal.key in _BOUNDS],
    )


def spans(signals: Sequence[Signal]) -> tuple[Span, ...]:
    """Where signals stand."""
    return tuple(signal.span for signal in signals)


_BOUNDS = frozenset({"at least", "at most"})
_NOTHING = Denials((), (), ())
