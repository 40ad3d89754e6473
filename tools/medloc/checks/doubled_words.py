"""A word written twice in a row: a slip of the hand, or half of a correction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from medloc.checks.lexicon import Word
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.checks.reduplication import DOUBLED_ENDINGS, GRAMMAR, TWICE
from medloc.model import Severity, Span
from medloc.phrases import phrase

# German and its kin open a relative clause with the article: ", die die Patienten ...".
_ARTICLES = frozenset(["die", "der", "das", "den", "dem", "denen", "sie"])
_SPACELESS = re.compile(r"([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff々]{2,10}?)\s?\1")
_KANA = re.compile(r"[\u3041-\u30ff]+")


def doubled_words(reading: Reading) -> Iterator[Issue]:
    """Words that stand twice where neither the language nor the source doubles them."""
    target = reading.target
    language = target.lexicon.language
    segmented = target.lexicon.segmented
    spans = list(_doubled(target) if segmented else _repeated(target))
    if not spans or any(_doubled(reading.source)):
        return
    yield Issue(
        phrase(
            "{words}: the same word stands twice. Delete one of them.",
            words=quoted(target.text, spans),
        ),
        (),
        tuple(spans),
        Severity.WARNING if language in GRAMMAR or not segmented else Severity.ERROR,
    )


def _doubled(side: Side) -> Iterator[Span]:
    """Equal neighbours with nothing but space between them."""
    words, text = side.words, side.text
    for position, (one, two) in enumerate(pairwise(words), 1):
        if one.folded != two.folded or two.start - one.end > 3 or two.start == one.end:
            continue
        between = text[one.end : two.start]
        if not between.isspace() or "\n\n" in between:
            continue
        if text[one.start : one.end].lower() != text[two.start : two.end].lower():
            continue  # equal but for vowel marks
        if _glued(text, one, two) or _meant(side, one, position):
            continue
        yield one.start, two.end


def _glued(text: str, one: Word, two: Word) -> bool:
    """Whether one is half of a longer word: "verificar-se se", "face face-to-face"."""
    before, after = text[one.start - 1 : one.start], text[two.end : two.end + 1]
    if before and before in "'’" and one.end - one.start > 3:
        before = ""  # l'heure heure
    return any(mark in _GLUE for mark in (before, after) if mark)


_GLUE = frozenset("-‐‑'’ʼ/@_\u200c\u200d")


def _meant(side: Side, word: Word, position: int) -> bool:
    """Whether the language doubles this word."""
    raw, language = side.text[word.start : word.end], side.lexicon.language
    if len(raw) == 1 and (raw.isupper() or not side.lexicon.segmented):
        return True  # blood group "A A", a letter of a list
    lower = raw.lower()
    if lower in TWICE.get(language, ()) or lower.endswith(DOUBLED_ENDINGS.get(language, ("\0",))):
        return True
    if language in {"de", "nl", "gsw", "lb"} and lower in _ARTICLES:
        if lower == "sie":
            return True
        first = max(0, position - 4)
        return "," in side.text[side.words[first].start : word.start]
    return False


def _repeated(side: Side) -> Iterator[Span]:
    """In scripts without spaces: a run of two to ten characters that stands twice, and words of
    other letters with a space between them."""
    for found in _SPACELESS.finditer(side.prose):
        unit = found[1]
        sound = len(unit) <= 4 and _KANA.fullmatch(unit)  # ますます, ズキズキ
        if not sound and unit[0] not in "一两二三每两兩年" and len(set(unit)) > 1:
            yield found.span()
    yield from _doubled(side)
