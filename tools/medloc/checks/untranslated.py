"""The source's own words stand where the translation should be.

Names, codes, numbers and short words that both languages share may stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medloc.checks.kinship import translatable
from medloc.checks.lexicon import Word
from medloc.checks.reading import Issue, Reading
from medloc.checks.tongues import tongues
from medloc.model import Severity
from medloc.phrases import phrase


def untranslated(reading: Reading) -> Iterator[Issue]:
    """The translation is the source, or nearly."""
    source, target = reading.source, reading.target
    one, other = reading.context.source, reading.context.target
    if one.split("_")[0] == other.split("_")[0] or not _same(reading):
        return
    severity = _grade(source.words, source.text, reading)
    if severity is not Severity.INFO:
        yield Issue(
            phrase("The translation repeats the source; nothing is translated."),
            ((0, len(source.text)),), ((0, len(target.text)),), severity,
        )  # fmt: skip


def _same(reading: Reading) -> bool:
    """Whether the texts are equal but for case, space and marks, or nine words of ten are."""
    one, other = reading.source.text, reading.target.text
    if one == other:
        return True
    if not 0.8 < len(other) / (len(one) or 1) < 1.25:
        return False
    words = [word.folded for word in reading.target.words]
    mine = [word.folded for word in reading.source.words]
    if words == mine:
        return True
    if len(words) < 5:
        return False
    known = set(mine)
    return sum(word in known for word in words) >= 0.9 * len(words)


def _grade(words: Sequence[Word], text: str, reading: Reading) -> Severity:
    """How surely the words should have been translated."""
    known = tongues()
    source, own = known.bit(reading.context.source), known.bit(reading.context.target)
    lower = [word for word in words if text[word.start : word.end].islower()]
    if any((bits := known.words.get(word.folded, 0)) & source and not bits & own for word in lower):
        return Severity.ERROR
    small = [word for word in lower if word.end - word.start > 2]
    if len(small) >= 4:
        return Severity.ERROR
    foreign = known.written(reading.context.target)[0] != "Latn"
    if len(small) >= (1 if foreign else 2):
        return Severity.WARNING
    plain = [word for word in words if not text[word.start : word.end].isupper()]
    if translatable(plain, reading.target.lexicon.language) or (
        plain and any(reading.source.signals.values())
    ):
        return Severity.WARNING
    return Severity.INFO
