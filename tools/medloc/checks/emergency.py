"""An emergency instruction that the translation lost: to call for help, and to do so at once."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, Side, Signal, quoted
from medloc.phrases import phrase

_HURRY = frozenset({"emergency", "immediate"})
_NEAR = 80  # letters between a call and its haste


def emergency(reading: Reading) -> Iterator[Issue]:
    """The source sends for an ambulance, or tells to call at once; the translation holds no word
    of an emergency at all."""
    if "emergency" not in reading.target.lexicon.tables or reading.target.said("emergency"):
        return
    said = _instructions(reading.source)
    if said:
        calls = tuple(signal.span for signal in said)
        yield Issue(
            phrase(
                "The source says {said}; the translation has no word of an emergency.",
                said=quoted(reading.source.text, calls),
            ),
            calls,
        )


def _instructions(side: Side) -> list[Signal]:
    """Ambulances, and calls that are urgent: a mere phone is none."""
    signals = side.signals.get("emergency", ())
    haste = [signal for signal in signals if signal.key in _HURRY]
    return [
        signal
        for signal in signals
        if signal.key == "ambulance"
        or (signal.key == "call" and any(_close(signal, other) for other in haste))
    ]


def _close(one: Signal, other: Signal) -> bool:
    return max(one.start - other.end, other.start - one.end) <= _NEAR
