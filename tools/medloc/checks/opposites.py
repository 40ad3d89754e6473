"""What the checks of meaning share: a signal is gone from the translation and its opposite came."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from medloc.checks.parallel import in_parallel
from medloc.checks.reading import Issue, Reading, Signal, quoted
from medloc.model import Span
from medloc.phrases import phrase

Poles = tuple[Collection[str], Collection[str]]
Exchange = tuple[list[Signal], list[Signal]]  # what the source says, what came instead


def flipped(
    reading: Reading, category: str, opposites: Sequence[Poles], *, wholly: bool = False
) -> Iterator[Issue]:
    """Issues where the source says one side more often than the translation, and the translation
    the other side more often than the source, in the whole text or in one sentence of it.

    Silent where a word is merely missing: that is how translations differ; a word in exchange for
    its opposite is not. `wholly` asks that each text says one side only: for words that stand in
    for others often ("high" for "more").
    """
    source, target = reading.source.signals.get(category), reading.target.signals.get(category)
    if source and target:
        for poles in opposites:
            if wholly and (_both(source, poles) or _both(target, poles)):
                continue
            for exchange in exchanged(reading, source, target, poles):
                yield issue_of(reading, exchange)


def exchanged(
    reading: Reading, source: Sequence[Signal], target: Sequence[Signal], poles: Poles
) -> Iterator[Exchange]:
    """What was exchanged for its opposite: in the whole text, else sentence by sentence."""
    whole = _exchange(source, target, poles)
    if whole:
        yield whole
        return
    if not (_both(source, poles) and _both(target, poles)):
        return  # only a text that says both can exchange them and keep the counts
    for here, there in in_parallel(reading):
        found = _exchange(within(source, here), within(target, there), poles)
        if found:
            yield found


def issue_of(reading: Reading, exchange: Exchange) -> Issue:
    """The issue of one exchange."""
    here, there = (tuple(signal.span for signal in side) for side in exchange)
    said, now = quoted(reading.source.text, here), quoted(reading.target.text, there)
    return Issue(
        phrase("The source says {said}; the translation says {now}.", said=said, now=now),
        here,
        there,
    )


def _exchange(source: Sequence[Signal], target: Sequence[Signal], poles: Poles) -> Exchange | None:
    for said, meant in (poles, poles[::-1]):
        lost, new = _more(source, target, said), _more(target, source, meant)
        if lost and new:
            return lost, new
    return None


def _both(signals: Sequence[Signal], poles: Poles) -> bool:
    keys = {signal.key for signal in signals}
    return not (keys.isdisjoint(poles[0]) or keys.isdisjoint(poles[1]))


def _more(one: Sequence[Signal], other: Sequence[Signal], keys: Collection[str]) -> list[Signal]:
    """The signals with some keys in one text, if it has more of them than the other."""
    mine = [signal for signal in one if signal.key in keys]
    return mine if len(mine) > sum(signal.key in keys for signal in other) else []


def within(signals: Sequence[Signal], span: Span) -> Sequence[Signal]:
    """The signals, in order, that begin in a part of the text."""
    first = bisect_left(signals, span[0], key=_start)
    return signals[first : bisect_left(signals, span[1], first, key=_start)]


def _start(signal: Signal) -> int:
    return signal.start
