"""The unit beside a number, by any of its names: CLDR's, the data file's, and symbols of the SI.

Read from the text, not from the words, because `°C`, `mg/dl` and `5мг` are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from medloc.checks.lexicon import Lexicon, Word, fold
from medloc.checks.unit_names import (
    AGGLUTINATING,
    BEFORE,
    INFLECTING,
    LETTERS,
    SCALES,
    YEAR_LETTERS,
)
from medloc.checks.unit_words import per_words, unit_words
from medloc.model import Span

TIME = frozenset(
    {"ms", "second", "minute", "hour", "day", "week", "month", "year", "decade", "century"}
)


def unit_at(
    prose: str, words: Sequence[Word], number_start: int, number_end: int, lexicon: Lexicon
) -> tuple[str, Span] | None:
    """The key and the place of the unit that belongs to a number, None where it has none.

    >>> from medloc.checks.lexicon import lexicon
    >>> unit_at("10-мг", (), 0, 2, lexicon("ru")), unit_at("5 mg per kg", (), 0, 1, lexicon("en"))
    (('mg', (3, 5)), ('mg/kg', (2, 11)))
    """
    names = _names(lexicon)
    if lexicon.language in BEFORE:
        return names.before(prose, number_start) or names.after(prose, number_start, number_end)
    return names.after(prose, number_start, number_end) or names.before(prose, number_start)


def damaged_unit(prose: str, number_end: int, lexicon: Lexicon) -> tuple[str, Span] | None:
    """The unit whose name stands behind a number with one or two letters too many in front, as
    when `m` was replaced inside `metre`: "2 cmetre"."""
    names = _names(lexicon)
    gap = _GAP.match(prose, number_end)
    begin = gap.end() if gap else number_end
    for extra in (1, 2):
        if prose[begin : begin + extra].isalpha():
            found = names.at(prose, begin + extra)
            if found and found[1] >= begin + extra + 3:
                return found[0], (begin, found[1])
    return None


def mentions(words: Iterable[Word], unit: str, lexicon: Lexicon) -> bool:
    """Whether a text names a unit anywhere, even without a number."""
    names = _names(lexicon)
    wanted = {name for name, key in names.keys.items() if base(key) == base(unit)}
    if names.folding:  # Arabic and Hebrew write "the" and "and" onto the word
        return any(word.folded[cut:] in wanted for word in words for cut in (0, 1, 2, 3))
    return any(word.folded in wanted for word in words)


def base(unit: str) -> str:
    """A unit without its divisor and power: mg for mg/kg, m for m²."""
    return unit.partition("/")[0].rstrip("²³")


@dataclass(slots=True)
class _Names:
    """The names of a language's units; `lengths` says how long those with a first letter are."""

    keys: dict[str, str] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)  # names with any ending
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    year_letters: str = ""
    folding: bool = False
    ending: int = 0  # how many letters of an inflection may follow a long name
    endable: int = 4  # how long that is
    per: tuple[str, ...] = ()
    prefixed: bool = True
    all_before: bool = False
    dated: bool = False  # whether "12 months" may be the twelfth of a month

    def after(self, prose: str, start: int, end: int) -> tuple[str, Span] | None:
        gap = _GAP.match(prose, end)
        begin = gap.end() if gap else end
        found = self.at(prose, begin)
        if found is None and prose[begin : begin + 1] in _CLASSIFIERS:
            found = self.at(prose, begin + 1)
        if found is None and self.folding and prose[begin : begin + 1] == "ה":  # the 14 days
            found = self.at(prose, begin + 1)
        if found is None:
            return None
        key, stop = found
        if key == "month" and self.dated and _DATED.search(prose, max(0, start - 12), start):
            return None  # Vietnamese ngày 12 tháng 4: the 12th of April
        letter = prose[begin:stop]
        if len(letter) == 1 and letter >= "\u0100" and begin > end and prose[begin - 1] == "-":
            return None  # Russian 7-м: seventh, not seven metres
        if len(letter) == 1:
            if letter in self.year_letters and _YEAR.fullmatch(prose, start, end):
                return "year", (begin, stop)
            if key == "year" and letter in self.year_letters:
                return None
            if letter == "s" and begin == end:  # the 1980s
                return None
        if key == "month" and _NAMED_MONTH.match(prose, begin):
            return None  # Vietnamese 12 tháng 4: 12 April
        if key == "°":
            key = SCALES.get(prose[max(0, start - 3) : start].strip()[-2:], key)
        key, stop = self._rate(prose, key, stop)
        return key, (begin, stop)

    def before(self, prose: str, start: int) -> tuple[str, Span] | None:
        """The unit in front of a number: "day 3", Swahili "siku 3"."""
        if start and prose[start - 1] in "%٪":  # Turkish %5
            return "%", (start - 1, start)
        if not self.prefixed or start < 3 or prose[start - 1] != " ":
            return None
        word = _LAST_WORD.search(prose, max(0, start - 24), start)
        if word is None:
            return None
        key = self.keys.get(self._plain(word[1]))
        return (key, word.span(1)) if key and (self.all_before or key in TIME) else None

    def at(self, prose: str, begin: int) -> tuple[str, int] | None:
        """The longest name that begins at a place, and where it ends."""
        first = prose[begin : begin + 1]
        if not first or first.isdigit():
            return None
        if self.folding:
            return self._folded_at(prose, begin)
        return self._find(prose[begin : begin + 1].lower(), prose, begin, None)

    def _folded_at(self, prose: str, begin: int) -> tuple[str, int] | None:
        letters, places = [], []
        for place in range(begin, min(begin + 48, len(prose))):
            letter = _folded(prose[place])
            if letter:
                letters.append(letter[0])
                places.append(place)
        return self._find("".join(letters), prose, begin, places) if letters else None

    def _find(
        self, text: str, prose: str, begin: int, places: list[int] | None
    ) -> tuple[str, int] | None:
        lengths = self.lengths.get(text[:1])
        if lengths is None:
            return None
        if places is None:
            text = prose[begin : begin + lengths[0] + 1].translate(_SPACES)
            lower = text.lower()
            lower = lower if len(lower) == len(text) else text
        else:
            lower = text
        for length in lengths:
            name = lower[:length] if length > 1 else text[:1]
            key = self.keys.get(name)
            if key is None or len(name) < length:
                continue
            if name in _CAPITALS and prose[begin : begin + length].islower():
                continue  # Italian "ma": but
            if places is None:
                end = begin + length
            else:
                end = places[length] if length < len(places) else places[-1] + 1
                while end < len(prose) and not _folded(prose[end]):
                    end += 1
            stop = self._stop(prose, name, end)
            if stop:
                return key, stop
        return None

    def _stop(self, prose: str, name: str, end: int) -> int:
        """Where a name ends if it may end there, else 0."""
        after = prose[end : end + 1]
        last = name[-1]
        if last >= "\u2e80" and not "\ufb00" <= last <= "\ufeff":
            return end  # no spaces between words, or particles behind them
        if not last.isalnum() and last != "°":
            return end  # ℃, %, ㎎
        if not after or not after.isalnum():
            if after == "." and len(name) == 1 and prose[end + 1 : end + 2].isalpha():
                return 0  # 5 U.S. cases
            return 0 if len(name) == 1 and after in "'’" and after else end
        if self.keys[name] in _LENGTHS and _POWER.match(prose, end):
            return end
        if _latin(last) != _latin(after) and not after.isdigit() and last != "°":
            return end
        most = 12 if name in self.stems else self.ending if len(name) >= self.endable else 0
        if most:
            rest = _REST.match(prose, end)
            if rest and rest.end() - end <= most:
                return rest.end()
        return 0

    def _rate(self, prose: str, key: str, stop: int) -> tuple[str, int]:
        """The key with its power or its divisor: m², mg/kg, mg per kg."""
        power = _POWER.match(prose, stop)
        if power and key in _LENGTHS:
            key = _POWERS.get(key + power[0][-1], key + power[0][-1])
            stop = power.end()
        divided = _SLASH.match(prose, stop)
        begin = divided.end() if divided else 0
        if not divided and key not in TIME:
            tail = prose[stop : stop + 16].lower()
            for word in self.per:
                if tail.startswith(word, 1) and tail[:1].isspace():
                    begin = stop + 1 + len(word)
                    break
        if begin:
            below = self.at(prose, begin)
            if below and (divided or (below[0] not in TIME and below[1] > begin + 1)):
                return f"{key}/{below[0]}", below[1]
        return key, stop

    def _plain(self, word: str) -> str:
        return fold(word).translate(_QUOTES) if self.folding else word.lower()


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    return fold(letter).translate(_QUOTES)


def _latin(letter: str) -> bool:
    return letter < "ɐ" or "\u1e00" <= letter < "\u1f00"


def _names(lexicon: Lexicon) -> _Names:
    found = lexicon.cache.get("measures")
    if found is None:
        found = lexicon.cache["measures"] = _compile(lexicon)
    assert isinstance(found, _Names)
    return found


def _compile(lexicon: Lexicon) -> _Names:
    language = lexicon.language
    made = _Names(
        year_letters=YEAR_LETTERS.get(language, ""),
        folding=language in _FOLDING,
        ending=5 if language in INFLECTING else 0,
        endable=3 if language in AGGLUTINATING else 4,
        prefixed=language not in _ONLY_BEHIND,
        all_before=language in BEFORE,
        dated=language == "vi",
        per=per_words(lexicon),
    )
    for name, key in unit_words(lexicon):
        stem = name.endswith("*")
        plain = made._plain(name.rstrip("*").strip())
        if not plain or (len(plain) == 1 and plain < "\u2e80" and name not in LETTERS):
            continue
        plain = name if len(plain) == 1 else plain
        made.keys.setdefault(plain, key)
        if stem:
            made.stems.add(plain)
    for letter in made.year_letters:
        made.keys.setdefault(letter, "year")
    lengths: dict[str, set[int]] = {}
    for name in made.keys:
        lengths.setdefault(name[0].lower(), set()).add(len(name))
    made.lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
    return made


# Between a number and its unit: little space, or one hyphen.
_GAP = re.compile(r"[\s\u2060]{0,3}(?:[-\u2010\u2011]\s?)?")
_CLASSIFIERS = frozenset("个個")  # 5个小时: five hours
_QUOTES = dict(zip(map(ord, "״”“׳′"), '"""\'\'', strict=True))
_SPACES = dict.fromkeys([0xA0, 0x202F, 0x2009, 0x200A, 0x2007], " ")
_SLASH = re.compile(r"\s?[/／∕⁄]\s?(?!\d)")
_POWER = re.compile(r"\^?[²³]|[23](?![\d.,])")
_POWERS = {"cm3": "ml", "cm³": "ml", "m2": "m²", "m3": "m³", "cm2": "cm²", "km2": "km²",
           "mm2": "mm²", "mm3": "mm³", "dm3": "l", "dm³": "l"}  # fmt: skip
_LENGTHS = frozenset({"m", "cm", "mm", "km", "ft", "in", "mi", "dm"})
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DATED = re.compile(r"\b[Nn]gày (?:\d{1,2}\s?[-–]\s?)?$")
_REST = re.compile(r"[^\W\d_]{1,13}")
_NAMED_MONTH = re.compile(
    r"(?i:tháng)\s(?:\d|(?i:giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|chạp)(?!\w))"
    r"(?!\d?\s(?:tuần|ngày|giờ|lần)(?!\w))"
)
_CAPITALS = frozenset({"ma", "mv", "gy", "sv"})  # mA, mV, Gy, Sv
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,20}) $")
_FOLDING = frozenset({"ar", "fa", "ur", "ps", "ckb", "sd", "ug", "he", "yi"})
_ONLY_BEHIND = frozenset({"vi", "zh", "ja", "ko", "yue", "th"})
