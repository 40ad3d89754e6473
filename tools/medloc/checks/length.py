"""A translation far longer or shorter than its language lets one expect."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.lengths import surprise
from medloc.checks.reading import Issue, Reading
from medloc.model import Severity
from medloc.phrases import Phrase, phrase


def length(reading: Reading) -> Iterator[Issue]:
    """A length outside the language's band: quiet at three spreads, a warning beyond five."""
    source, target = reading.source, reading.target
    far = surprise(reading)
    if far is None or abs(far) < 3 or source.text == target.text:
        return
    severity = Severity.WARNING if far < -4 or far > 5.5 else Severity.INFO
    yield Issue(
        _said(len(target.text), len(source.text), longer=far > 0),
        ((0, len(source.text)),), ((0, len(target.text)),), severity,
    )  # fmt: skip


def _said(mine: int, source: int, *, longer: bool) -> Phrase:
    if longer:
        return phrase(
            "The translation is much longer than expected: {mine} characters for {source}.",
            mine=mine,
            source=source,
        )
    return phrase(
        "The translation is much shorter than expected: {mine} characters for {source}.",
        mine=mine,
        source=source,
    )
