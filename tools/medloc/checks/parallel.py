"""The sentences of both texts side by side, where there are equally many of them."""

from __future__ import annotations

import re

from medloc.checks.reading import Reading, Side
from medloc.model import Span

# A stop ends a sentence before a space and no small letter, or before a capital ("cases.Official");
# the full-width marks and those of Arabic and Indic scripts end one anywhere.
_END = re.compile(
    r"[.!?…]+[\"'”»’)\]]{0,2}(?=\s{1,9}[^\sa-zà-ÿа-я]|[A-ZÀ-ÞА-Я]|\s*$)|[。！？؟।۔]+|\n"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,12}$")


def in_parallel(reading: Reading) -> tuple[tuple[Span, Span], ...]:
    """Each sentence of the source with that of the translation; empty unless both texts have
    several and equally many."""
    ends = sentence_ends(reading.source)
    if len(ends) < 2:
        return ()
    others = sentence_ends(reading.target)
    if len(ends) != len(others):
        return ()
    return tuple(zip(_spans(ends), _spans(others), strict=True))


def sentence_ends(side: Side) -> list[int]:
    """Where the sentences of a text end, abbreviations and initials left out."""
    prose = side.prose
    ends: list[int] = []
    for match in _END.finditer(prose):
        if prose[match.start()] == "." and _abbreviated(prose, match.start(), side):
            continue
        if prose[ends[-1] if ends else 0 : match.start()].strip():
            ends.append(match.end())
    if prose[ends[-1] if ends else 0 :].strip():
        ends.append(len(prose))
    return ends


def _abbreviated(prose: str, stop: int, side: Side) -> bool:
    word = _WORD_BEFORE.search(prose, max(0, stop - 12), stop)
    if word is None:
        return False
    if len(word[0]) == 1:  # an initial, or the last letter of "e.g." and "U.S."
        return True
    short = side.lexicon.data.get("abbreviations", ()) if side.lexicon.data else ()
    return word[0].lower() in short if isinstance(short, (list, tuple)) else False


def _spans(ends: list[int]) -> list[Span]:
    return list(zip([0, *ends[:-1]], ends, strict=True))
