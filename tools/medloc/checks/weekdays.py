"""The days of the week a text names, by CLDR's names and the ways they are bent."""

from __future__ import annotations

import re
from typing import NamedTuple

from medloc.checks.lexicon import Lexicon, Phrases
from medloc.checks.reading import Side
from medloc.languages import day_names
from medloc.model import Span


class Weekday(NamedTuple):
    """A day of the week (Monday is 0) and where it stands."""

    number: int
    span: Span


def weekdays_of(side: Side) -> list[Weekday]:
    """The days of the week that a text names, in order.

    >>> weekdays_of(Side("On Tuesday", "en"))
    [Weekday(number=1, span=(3, 10))]
    """
    pattern, phrases = _names(side.lexicon)
    if pattern is not None:
        return [
            Weekday(_EAST.index(next(filter(None, match.groups()))) % 7, match.span())
            for match in pattern.finditer(side.prose)
        ]
    found, words = [], side.words
    for position, word in enumerate(words):
        if word.folded[:2] not in phrases.heads and not phrases.table.clitics:
            continue
        hit = phrases.table.at(words, position)
        if hit:
            last = words[position + hit[0] - 1]
            found.append(Weekday(int(hit[1][0][1]), (word.start, last.end)))
    return found


class _Days(NamedTuple):
    table: Phrases
    heads: frozenset[str]


def _names(lexicon: Lexicon) -> tuple[re.Pattern[str] | None, _Days]:
    found = lexicon.cache.get("weekdays")
    if found is None:
        found = lexicon.cache["weekdays"] = _compile(lexicon)
    assert isinstance(found, tuple)
    return found


def _compile(lexicon: Lexicon) -> tuple[re.Pattern[str] | None, _Days]:
    language = lexicon.language
    table = Phrases(clitics=_CLITICS.get(language, ()))
    known = day_names(lexicon.locale) or day_names(language)
    for number, names in known.items():
        for name in names:
            words = tuple(word.folded for word in lexicon.words(name))
            if language in _BENT and len(words) == 1:
                words = (words[0][: -_BENT[language]] + "*",)
            if words and " ".join(words) not in _DOUBTFUL:
                table.add(words, [("weekday", str(number))])
    heads = frozenset(name[:2] for name in (*table.exact, *table.stems))
    return _EASTERN.get(language), _Days(table, heads)


# How many letters of a name change with its case; the rest is a stem.
_BENT = {"ru": 2, "uk": 2, "pl": 2}
# Also "environment", "market", "week" and "the one": silent rather than wrong.
_DOUBTFUL = frozenset({"сре*", "sob*", "śro*", "pazar", "minggu", "الاحد", "ср*", "неді*", "сере*"})
_CLITICS = {"ar": ("و", "ل", "ب"), "he": ("ב", "ו", "ל", "מ", "ה")}
_EAST = "一二三四五六日月火水木金土天월화수목금토일"
_EASTERN = {
    "zh": re.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![年次个個])"),
    "ja": re.compile(r"([月火水木金土日])曜"),
    "ko": re.compile(r"([월화수목금토일])요일"),
}
