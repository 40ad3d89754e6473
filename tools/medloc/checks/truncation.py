"""A translation that breaks off: its last mark is gone and it is short, or its last word begins
what never comes."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.lengths import extent, surprise
from medloc.checks.reading import Issue, Reading
from medloc.checks.sentences import UNMARKED, final_mark
from medloc.checks.tongues import tongues
from medloc.model import Severity
from medloc.phrases import phrase

_OPEN = tuple("(（[“«„‘,،、，")


def truncation(reading: Reading) -> Iterator[Issue]:
    """A text cut off."""
    source, target = reading.source, reading.target
    text = target.text.rstrip()
    if not text or final_mark(text):
        return
    short = surprise(reading)
    marked = bool(final_mark(source.text)) and target.lexicon.language not in UNMARKED
    severity = _grade(short, marked, _hangs(reading, text), extent(source) >= 25)
    if severity is not None:
        yield Issue(
            phrase(
                "The translation seems to break off: it has no mark at its end and stops at "
                "`{words}`.",
                words=text[-30:],
            )
            if marked
            else phrase(
                "The translation seems to break off: it stops at `{words}`.", words=text[-30:]
            ),
            ((max(0, len(source.text) - 30), len(source.text)),),
            ((max(0, len(text) - 30), len(text)),), severity,
        )  # fmt: skip


def _grade(short: float | None, marked: bool, hangs: bool, long: bool) -> Severity | None:
    """How surely a text is cut off. `short` counts spreads below the expected length."""
    if short is None:
        return Severity.WARNING if marked and hangs else None
    if marked:
        if short < -2.3 or (hangs and short < 1):
            return Severity.ERROR
        return Severity.WARNING if short < -1.2 else None
    if hangs and short < -1.5 and long:
        return Severity.ERROR if short < -2.3 else Severity.WARNING
    return Severity.WARNING if short < -3.5 and long else None


def _hangs(reading: Reading, text: str) -> bool:
    """Whether the end of a text calls for more: an open bracket, a comma, an article."""
    if text.endswith(_OPEN) or text.count("(") + text.count("（") > text.count(")") + text.count(
        "）"
    ):
        source = reading.source.text.rstrip()
        return source[-1:] not in ",(" and source.count("(") <= source.count(")")
    words = reading.target.words
    if not words or words[-1].end != len(text) or text[words[-1].start :].isupper():
        return False
    return words[-1].folded in tongues().hanging.get(reading.target.lexicon.language, frozenset())
