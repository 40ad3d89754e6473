"""What the checks of meaning share: a signal is gone from the translation and its opposite came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medloc.checks.reading import Issue, Reading, Signal, quoted


def flipped(
    reading: Reading, category: str, opposites: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> Iterator[Issue]:
    """Issues where the source says one side more often than the translation, and the translation
    the other side more often than the source. Silent where a word is merely missing: that is how
    translations differ; a word in exchange for its opposite is not."""
    source, target = reading.source.signals.get(category), reading.target.signals.get(category)
    if not source or not target:
        return
    for one, other in opposites:
        for said, meant in ((one, other), (other, one)):
            lost = _more(source, target, said)
            new = _more(target, source, meant)
            if lost and new:
                yield Issue(
                    f"The source says {quoted(reading.source.text, (s.span for s in lost))}; the "
                    f"translation says {quoted(reading.target.text, (s.span for s in new))}.",
                    tuple(s.span for s in lost),
                    tuple(s.span for s in new),
                )


def _more(one: Sequence[Signal], other: Sequence[Signal], keys: Sequence[str]) -> list[Signal]:
    """The signals with some keys in one text, if it has more of them than the other."""
    mine = [signal for signal in one if signal.key in keys]
    return mine if len(mine) > sum(signal.key in keys for signal in other) else []
