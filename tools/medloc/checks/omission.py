"""A sentence of the source that has no counterpart: fewer sentences, and too short for all of them.

Omissions are the most frequent serious error of medical translation, see Flores et al. 2003,
https://doi.org/10.1542/peds.111.1.6. Fewer sentences alone mean little, for translators join them.
"""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.lengths import extent, spreads, surprise
from medloc.checks.reading import Issue, Reading
from medloc.checks.sentences import UNMARKED, sentences
from medloc.model import Severity
from medloc.phrases import phrase


def omission(reading: Reading) -> Iterator[Issue]:
    """A sentence omitted."""
    source, target = reading.source, reading.target
    if extent(source) < 25 or target.lexicon.language in UNMARKED:
        return
    short = surprise(reading)
    if short is None or short > -0.5:
        return
    said = sentences(source)
    if len(said) < 2:
        return
    found = len(sentences(target))
    if found >= len(said) or short > _bound([end - start for start, end in said]):
        return
    yield Issue(
        phrase(
            "The source has {count} sentences, the translation {found}, and it is shorter than "
            "such a text is in this language.", count=len(said), found=found,
        ),
        ((0, len(source.text)),), ((0, len(target.text)),),
        None if short < -1.5 else Severity.WARNING,
    )  # fmt: skip


def _bound(lengths: list[int]) -> float:
    """The surprise below which the shortest of some sentences is rather missing than joined: a
    quarter of what its loss would make."""
    whole = sum(lengths)
    lost = spreads(whole, whole - min(lengths), 1.0)
    return min(max(lost / 4, -1.5), -0.5)
