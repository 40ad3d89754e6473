"""What a reviewer's eye should stop at in a pair, marked alike on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.reading import Context, Reading, Side
from medloc.checks.terms import glossary_of, mentions
from medloc.model import Pair, Span

Mark = tuple[int, int, str]
"""Begin, end (code points), and `number`, `negation`, `limit` or `term`."""

_SIGNALS = {
    "negation": "negation", "comparison": "limit", "frequency": "number", "side": "limit",
    "order": "limit", "always": "negation",
}  # fmt: skip


def marks(pair: Pair, context: Context) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The marks of the source and of the translation, ascending and never overlapping."""
    sides = Side(pair.source, context.source), Side(pair.target, context.target)
    reading = Reading(pair, *sides, context)
    terms = _terms(reading) if context.glossary else ((), ())
    source, target = (
        tuple(_apart([*_of(side), *((*span, "term") for span in named)]))
        for side, named in zip(sides, terms, strict=True)
    )
    return source, target


def _of(side: Side) -> Iterator[Mark]:
    for number in side.numbers:
        if number.how in ("digits", "words"):
            end = max(number.end, number.unit_span[1])
            start = min(number.start, number.unit_span[0]) if number.unit else number.start
            yield start, end if number.unit else number.end, "number"
    for category, kind in _SIGNALS.items():
        for signal in side.said(category):
            if signal.key != "maybe":
                yield signal.start, signal.end, kind


def _terms(reading: Reading) -> tuple[list[Span], list[Span]]:
    """Where terms of the glossary stand."""
    named = mentions(reading, glossary_of(reading))
    source = [span for mention in named for span in mention.spans]
    forms = (form for mention in named for form in mention.known.accepted)
    return source, [span for form in forms for span in form.places(reading.target)]


def _apart(found: list[Mark]) -> Iterator[Mark]:
    """The longest of overlapping marks, ascending."""
    last = 0
    for start, end, kind in sorted(found, key=lambda mark: (mark[0], -mark[1])):
        if start >= last and end > start:
            yield start, end, kind
            last = end
