"""The sentences of both texts side by side, where there are equally many of them."""

from __future__ import annotations

from medloc.checks.reading import Reading
from medloc.checks.sentences import sentences
from medloc.model import Span


def in_parallel(reading: Reading) -> tuple[tuple[Span, Span], ...]:
    """Each sentence of the source with that of the translation; empty unless both texts have
    several and equally many."""
    source = sentences(reading.source)
    if len(source) < 2:
        return ()
    target = sentences(reading.target)
    return tuple(zip(source, target, strict=True)) if len(source) == len(target) else ()
