"""Words of the source left standing inside a translation, in the source's order.

Names, titles in capitals, quoted or bracketed terms and Latin phrases may stay: a run of small
words with the source language's own little words among them may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from medloc.checks.lexicon import Word
from medloc.checks.reading import Issue, Reading
from medloc.checks.tongues import tongues
from medloc.model import Severity, Span
from medloc.phrases import phrase

_PHRASES = """
in vitro vivo ex situ silico et al de novo facto per se ad hoc hominem post mortem pre via vice
versa status quo sine qua non a priori posteriori ibid sp spp var subsp
"""
_LATIN = frozenset(_PHRASES.split())


def partly_untranslated(reading: Reading) -> Iterator[Issue]:
    """A run of the source's words in the translation."""
    source, target = reading.source, reading.target
    if len(source.words) < 3 or source.text == target.text:
        return
    one, other = reading.context.source, reading.context.target
    if one.split("_")[0] == other.split("_")[0]:
        return
    if source.vocabulary.isdisjoint(target.vocabulary):
        return
    here, there = _shared(source.words), target.words
    known = tongues()
    english, own = known.bit(one), known.bit(other)
    foreign = known.written(other)[0] != "Latn"
    for first, last in _runs(there, here, target.text):
        run = there[first : last + 1]
        span = (run[0].start, run[-1].end)
        small = [
            w for w in run if target.text[w.start : w.end].islower() and w.folded not in _LATIN
        ]
        little = sum(
            (bits := known.words.get(w.folded, 0)) & english != 0 and not bits & own for w in small
        )
        severity = _grade(len(run), len(small), little, foreign, _set_apart(target.text, span))
        if severity is not None:
            yield Issue(
                phrase("Words of the source were left in the translation: `{words}`.",
                       words=target.text[span[0] : span[1]][:80]),
                (), (span,), severity,
            )  # fmt: skip


def _grade(length: int, small: int, little: int, foreign: bool, apart: bool) -> Severity | None:
    """How surely a run was forgotten; None for one that may stay."""
    if little and small >= 3 and small * 2 > length:
        return Severity.WARNING if apart and small < 6 else Severity.ERROR
    if apart:
        return None
    if small >= (3 if foreign else 4) and small * 2 > length:
        return Severity.ERROR if foreign and length > 3 else Severity.WARNING
    return Severity.WARNING if foreign and small >= 2 and small == length else None


def _shared(words: Sequence[Word]) -> set[tuple[str, str]]:
    return {(one.folded, other.folded) for one, other in pairwise(words)}


def _runs(
    words: Sequence[Word], shared: set[tuple[str, str]], text: str
) -> Iterator[tuple[int, int]]:
    """First and last place of every run of neighbours that are neighbours in the source too."""
    first = None
    for place in range(1, len(words)):
        one, other = words[place - 1], words[place]
        if (one.folded, other.folded) in shared and _spaced(text[one.end : other.start]):
            first = place - 1 if first is None else first
        elif first is not None:
            yield first, place - 1
            first = None
    if first is not None:
        yield first, len(words) - 1


def _spaced(between: str) -> bool:
    """Whether two words are neighbours in prose: not in a link's text, nor in `nhs.uk`."""
    return "[" not in between and between not in (".", "/")


def _set_apart(text: str, span: Span) -> bool:
    """Whether quotation marks or brackets stand around a place."""
    before, after = text[max(0, span[0] - 2) : span[0]], text[span[1] : span[1] + 2]
    return any(mark in before for mark in "\"'“„«‘([{「『（") and any(
        mark in after for mark in "\"'”“»’)]},.」』）"
    )
