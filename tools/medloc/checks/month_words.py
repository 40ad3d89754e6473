"""The months a text names: by CLDR's names, those of the data file, or a number (3月, tháng 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from medloc.checks.lexicon import Lexicon, Word
from medloc.checks.reading import Side
from medloc.checks.unit_names import INFLECTING
from medloc.languages import month_names
from medloc.model import Span


class Month(NamedTuple):
    """A month and where it stands; `sure` unless the word often means something else."""

    number: int
    start: int
    end: int
    sure: bool

    @property
    def span(self) -> Span:
        return self.start, self.end


def months_of(side: Side) -> list[Month]:
    """The months of a text, in order.

    >>> [(month.number, month.sure) for month in months_of(Side("You may go in March", "en"))]
    [(3, True)]
    """
    names = _names(side.lexicon)
    if names.numbered is not None:
        return list(_numbered(side.prose, names))
    found = []
    heads, prose = names.heads, side.prose
    for position, word in enumerate(side.words):
        folded = word.folded
        if folded[:2] in heads or names.clitics:
            number = names.number(folded)
            if number:
                found.append(_month(prose, word, number, names))
            elif folded in names.pairs and position + 1 < len(side.words):
                following = side.words[position + 1]
                number = names.pairs[folded].get(following.folded, 0)
                if number:
                    found.append(Month(number, word.start, following.end, sure=True))
    return [month for month in found if month is not None]


@dataclass(slots=True)
class _Names:
    wide: dict[str, int] = field(default_factory=dict)
    short: dict[str, int] = field(default_factory=dict)  # abbreviations: only beside a number
    doubtful: set[str] = field(default_factory=set)
    pairs: dict[str, dict[str, int]] = field(default_factory=dict)  # two words: "كانون الثاني"
    heads: frozenset[str] = frozenset()
    clitics: tuple[str, ...] = ()
    capital: bool = False  # whether the language writes months with a capital
    cased: bool = False
    inflecting: bool = False
    numbered: re.Pattern[str] | None = None
    seen: dict[str, int] = field(default_factory=dict)

    def number(self, folded: str) -> int:
        """The month a word names, 0 for none."""
        found = self.seen.get(folded)
        if found is None:
            if len(self.seen) > 50_000:
                self.seen.clear()
            found = self.seen[folded] = self._look(folded)
        return found

    def _look(self, word: str) -> int:
        word = re.split("['’ʼ]", word, maxsplit=1)[0] if len(word) < 40 else ""
        for form in (word, *(word[len(c) :] for c in self.clitics if word.startswith(c))):
            found = self.wide.get(form) or self.short.get(form)
            if found:
                return found
            if self.inflecting:
                for cut in range(1, min(4, len(form) - 4) + 1):
                    found = self.wide.get(form[:-cut])
                    if found and len(form) - cut >= 4:
                        return found
        return 0


def _month(prose: str, word: Word, number: int, names: _Names) -> Month | None:
    folded = word.folded
    dated = _dated(prose, word)
    if folded in names.short and folded not in names.wide:
        return Month(number, word.start, word.end, sure=True) if dated else None
    sure = dated or folded not in names.doubtful
    if not sure and names.cased:
        first = prose[word.start]
        if first.isupper() != names.capital:
            return None  # "may", "march": verbs; "Mars": a planet
        sure = not first.isupper() or not _begins_sentence(prose, word.start)
    return Month(number, word.start, word.end, sure)


def _dated(prose: str, word: Word) -> bool:
    """Whether a day or a year stands beside a month."""
    return bool(
        _DAY_BEFORE.search(prose, max(0, word.start - 12), word.start)
        or _DAY_BEHIND.match(prose, word.end)
    )


def _begins_sentence(prose: str, start: int) -> bool:
    before = prose[max(0, start - 4) : start].rstrip(" \"'“«(")
    return not before or before[-1] in ".!?:;\n•–—-"


def _numbered(prose: str, names: _Names) -> Iterator[Month]:
    assert names.numbered is not None
    for match in names.numbered.finditer(prose):
        number = names.wide.get(match[1].lower()) or _integer(match[1])
        if 1 <= number <= 12:
            yield Month(number, match.start(), match.end(), sure=True)


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _names(lexicon: Lexicon) -> _Names:
    found = lexicon.cache.get("months")
    if found is None:
        found = lexicon.cache["months"] = _compile(lexicon)
    assert isinstance(found, _Names)
    return found


def _compile(lexicon: Lexicon) -> _Names:
    language = lexicon.language
    if language in _NUMBERED:
        return _Names(wide=_SPELLED.get(language, {}), numbered=_NUMBERED[language])
    made = _Names(
        clitics=_CLITICS.get(language, ()),
        inflecting=language in INFLECTING,
    )
    known = month_names(lexicon.locale) or month_names(language)
    for number, names in known.items():
        for name in names:
            if not _FOREIGN.search(name):
                made.capital |= name[:1].isupper()
                made.cased |= name[:1].isupper() or name[:1].islower()
                longer = any(
                    other.startswith(name) and len(other) > len(name) + 1 for other in names
                )
                _add(made, lexicon, name, number, abbreviated=longer)
    for key, phrases in lexicon.table("months").items():
        for phrase in phrases:
            _add_words(made, tuple(phrase), int(key), abbreviated=True)
    doubtful = lexicon.data.get("ambiguous_months", ()) if lexicon.data else ()
    for name in (*doubtful, *_DOUBTFUL.get(language, ())):
        for word in lexicon.words(str(name)):
            made.doubtful.add(word.folded)
    everything = (*made.wide, *made.short, *made.pairs)
    made.heads = frozenset(name[:2] for name in everything)
    return made


def _add(made: _Names, lexicon: Lexicon, name: str, number: int, *, abbreviated: bool) -> None:
    words = tuple(word.folded for word in lexicon.words(name))
    for spelling in {words, tuple(word.replace("\u093c", "") for word in words)}:
        if spelling:
            _add_words(made, spelling, number, abbreviated=abbreviated)


def _add_words(made: _Names, words: tuple[str, ...], number: int, *, abbreviated: bool) -> None:
    if len(words) == 2:
        made.pairs.setdefault(words[0], {})[words[1]] = number
    elif len(words) == 1:
        word = words[0].rstrip("*")
        short = abbreviated and len(word) <= 4 and word.isascii() and word not in made.wide
        (made.short if short else made.wide).setdefault(word, number)


_DAY_BEFORE = re.compile(
    r"\d(?:\s?(?:st|nd|rd|th|er|re|o|de|º|ª|°|\.|-|–|di|of|de\s)){0,2}\s?[-/]?$"
)
_DAY_BEHIND = re.compile(r"\.?\s?(?:de\s|del\s|/|-|–|,\s?)?\s?\d")
_FOREIGN = re.compile(r"[\u3040-\u9fff]|\d")
_CLITICS = {
    "he": ("ב", "ל", "מ", "ה", "ו", "ש", "וב", "ומ", "ול", "מה", "שב", "וש"),
    "ar": ("و", "ب", "ل", "ف", "ك", "وب", "ول"),
}
# Months that a language without a data file writes like another word.
_DOUBTFUL = {
    "en": ("may", "march"), "fr": ("mars",), "fa": ("مه", "می"), "he": ("מאי",),
    "tr": ("ocak", "mart", "ekim", "aralık"), "sw": ("mei",), "id": ("mei",),
}  # fmt: skip
_DIGITS_ZH = dict(
    zip(
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "元", "正"),
        (*range(1, 13), 1, 1),
        strict=True,
    )
)
_WORDS_VI = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_SPELLED = {"zh": _DIGITS_ZH, "ja": _DIGITS_ZH, "yue": _DIGITS_ZH, "vi": _WORDS_VI}
_HAN = re.compile(
    r"(?<![\d十])(\d{1,2}|十[一二]?|[一二三四五六七八九元正])\s?月(?!間|间|经|經|球|亮)"
)
_NUMBERED = {
    "zh": _HAN,
    "yue": _HAN,
    "ja": _HAN,
    "ko": re.compile(r"(?<!\d)(\d{1,2})\s?월"),
    "vi": re.compile(
        r"(?<!\w)(?:[Tt]háng|THÁNG|thg)\s(\d{1,2}(?!\d)"
        r"|(?i:giêng|mười một|mười hai|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|chạp)(?!\w))"
        r"(?! (?:tuần|ngày|giờ|lần)(?!\w))"
    ),
}
