"""A language's table made ready: the pattern that finds tokens, and look-up of words, phrases."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from medloc.facts_data import SYMBOLS, Words, words_of

# A piece of the text; `lastgroup` is its kind: word, number, numeral, name, placeholder or sign.
Token = re.Match[str]


class Found(NamedTuple):
    """A word or phrase of a table: kind of fact, key, how many tokens it takes."""

    kind: str
    key: str
    length: int


SCRIPTS = "²³¹⁰⁴-⁹⁻₀-₉"
_PARTS = "¼-¾⅐-⅞"
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u200c\u200d"
)
_LETTER = rf"[^\W\d_{SCRIPTS}{_PARTS}]"
_ANY_LETTER = rf"(?:{_LETTER}|[{_MARKS}])"
_LATIN = "a-zß-öø-ɏͰ-Ͽ"
_PLACEHOLDER = r"(?P<placeholder>\{[a-z_]\w*\})"
# Names hold digits: COVID-19, ACE2, B12, the CoV-2 of SARS-CoV-2.
_NAME = rf"(?P<name>[{_LATIN}]++[-‑]?\d[{_LATIN}\d]*+(?:[-‑][{_LATIN}\d]++)*+)"
_UNIT_SIGNS = "[%٪％‰°℃℉]"
_SIGN = (
    rf"(?P<sign>°\s?[cf](?![a-z])|{_UNIT_SIGNS}|[<>＜＞](?=\s*[\d{{.])|[≤≥≦≧±×]|"
    rf"(?<=\d)\+(?!\d)|(?<=[\w)])[{SCRIPTS}]+)"
)
_SPACED_WORD = re.compile(rf"{_ANY_LETTER}+(?:'{_ANY_LETTER}+)*|°[cf]|{_UNIT_SIGNS}")
_ALL_WORDS = re.compile(r"[^\s!-/:-@\[-`{-~«»“”„‘’…。、，！？：；（）「」『』،؟؛।]+")

# Countries that write numbers otherwise than their language does elsewhere (CLDR).
_POINT = {f"es_{country}" for country in "MX US 419 GT HN NI PA PE PR SV DO".split()}  # noqa: SIM905
_POINT |= {"de_CH", "de_LI"}


class Table:
    """Words and phrases of a language, found at a place in a row of tokens."""

    def __init__(self, groups: Mapping[str, Mapping[str, str]], *, spaced: bool) -> None:
        self.words: dict[str, Found] = {}
        # By first and second word: many phrases begin with "in" or "a".
        self.phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Found]]]] = {}
        self.stems: dict[str, Found] = {}
        for kind, forms_by_key in groups.items():
            for key, text in forms_by_key.items():
                for form in forms(text):
                    self._add(kind, key, form, spaced=spaced)
        self.first = self.words.keys() | self.phrases.keys()
        self._lengths = sorted({len(stem) for stem in self.stems}, reverse=True)

    def _add(self, kind: str, key: str, form: str, *, spaced: bool) -> None:
        words = _SPACED_WORD.findall(form) if spaced else [form]
        found = Found(kind, key, len(words))
        if form.endswith("*"):
            self.stems[form[:-1]] = found
        elif len(words) == 1:
            self.words[words[0]] = found
        else:
            phrases = self.phrases.setdefault(words[0], {}).setdefault(words[1], [])
            phrases.append((tuple(words[2:]), found))
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def find(self, tokens: Sequence[Token], position: int, word: str) -> Found | None:
        """The longest entry that begins with `word`, which stands at `position`."""
        phrases = self.phrases.get(word)
        if phrases and position + 1 < len(tokens):
            for rest, found in phrases.get(tokens[position + 1][0], ()):
                following = tokens[position + 2 : position + 2 + len(rest)]
                if rest == tuple([token[0] for token in following]) and not _is_parted(
                    tokens[position : position + 2 + len(rest)]
                ):
                    return found
        found_word = self.words.get(word)
        if found_word or not self._lengths:
            return found_word
        stems = (self.stems.get(word[:length]) for length in self._lengths if length <= len(word))
        return next(filter(None, stems), None)

    def begins_measure(self, word: str) -> bool:
        """Whether a phrase that is a measure begins with this word."""
        rows = self.phrases[word].values()
        return any(is_measure(word, found.key) for row in rows for _, found in row)

    def begins(self, word: str) -> bool:
        """Whether an entry begins with this word."""
        return word in self.first or any(word.startswith(stem) for stem in self.stems)


# What a dose is measured in counts without a number too: "a teaspoon", "in milligrams".
_MEASURES = frozenset("pg ng ug mg g kg ul ml l pmol nmol umol mmol mol iu".split())  # noqa: SIM905
_MEASURES |= {"teaspoon", "tablespoon", "tablet", "capsule", "puff"}
# A stop between two words: "a.m" is a phrase, "No, more" and "not. More" are none.
_PARTING = re.compile(r"[,;:!?…。，、；：！？،؛؟।—–]|\.\s")


def is_measure(word: str, key: str) -> bool:
    """Whether a unit's form counts by itself; one letter is too little to tell."""
    return key in _MEASURES and len(word) > 1


def _is_parted(tokens: Sequence[Token]) -> bool:
    """Whether a comma or the end of a sentence stands between two tokens of a row."""
    return any(
        _PARTING.search(left.string, left.end(), right.start()) for left, right in pairwise(tokens)
    )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language made ready. `starts` are the words that facts begin with; `loose` says that other
    words may do so too, taken apart."""

    language: str
    known: bool
    decimal: str
    pattern: re.Pattern[str]
    signals: Table
    units: Table
    words: Words
    between: frozenset[str]
    per: frozenset[str]
    starts: frozenset[str]
    loose: bool
    small: frozenset[str]
    articles: frozenset[str]

    def signal(self, tokens: Sequence[Token], position: int) -> Found | None:
        """The signal, number or ordinal that begins at a token."""
        return self._find(self.signals, tokens, position, tokens[position][0])

    def unit(self, tokens: Sequence[Token], position: int) -> Found | None:
        """The unit that begins at a token."""
        if position >= len(tokens) or tokens[position].lastgroup not in ("word", "sign"):
            return None
        return self._find(self.units, tokens, position, tokens[position][0].replace("° ", "°"))

    def alone(self, word: str) -> Found | None:
        """The signal or unit that one word is."""
        return self._find(self.signals, (), 0, word) or self._find(self.units, (), 0, word)

    def variants(self, word: str) -> list[str]:
        """The word, then what is left when one of the language's prefixes is taken off."""
        prefixes = (prefix for prefix in self.words.prefixes if word.startswith(prefix))
        return [word, *(word[len(prefix) :] for prefix in prefixes if len(word) > len(prefix) + 1)]

    def negative(self, word: str) -> bool:
        """Whether the word's own form says "not": "doesn't", Swahili "hawezi"."""
        begins = self.words.negative_prefixes
        return word.endswith(self.words.negative_endings) or any(
            word.startswith(begin) and len(word) >= len(begin) + 3 for begin in begins
        )

    def _find(
        self, table: Table, tokens: Sequence[Token], position: int, word: str
    ) -> Found | None:
        for variant in self.variants(word) if self.words.prefixes else (word,):
            if found := table.find(tokens, position, variant):
                return found
        if table is self.signals and self.loose and self.negative(word):
            return Found("signal", "not", 1)
        return None


# Words come back again and again, and taking one apart costs thirty times a look-up.
@lru_cache(maxsize=1 << 16)
def speaks(language: str, word: str) -> bool:
    """Whether a fact can begin with this word, taken apart; most words begin none."""
    known = lexicon(language)
    begins = known.signals.begins
    return known.negative(word) or any(map(begins, known.variants(word)))


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language or locale; without words of its own where we have no table."""
    table = words_of(language) or Words()
    signals = Table(
        {"signal": table.signals, "number": table.numbers, "ordinal": table.ordinals},
        spaced=table.spaced,
    )
    units = Table({"symbol": SYMBOLS, "unit": table.units}, spaced=table.spaced)
    between, per = frozenset(forms(table.between)), frozenset(forms(table.per))
    measures = {form for form, found in units.words.items() if is_measure(form, found.key)}
    measures |= {form for form in units.phrases if units.begins_measure(form)}
    apart = (table.prefixes, table.negative_prefixes, table.negative_endings, signals.stems)
    return Lexicon(
        language=language,
        known=words_of(language) is not None,
        decimal="." if language in _POINT else table.decimal,
        pattern=_pattern(table, {*signals.first, *units.first, *between, *per}),
        signals=signals,
        units=units,
        words=table,
        between=between,
        per=per,
        starts=per | signals.first | measures,
        loose=any(apart),
        small=frozenset(forms(table.small)),
        articles=frozenset(forms(table.articles)),
    )


# Between letters only: elsewhere these are quotes, and "`" is Markdown's mark of code.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´‘‛ʼʹ′＇](?=[^\W\d_])")


def plain(text: str) -> str:
    """The text in lower case and NFC, character references decoded, apostrophes straight, without
    the marks of emphasis and of Arabic stretching."""
    if not text.isascii() or "&" in text:
        text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'").replace("ـ", "")
        text = _APOSTROPHE.sub("'", text)
    elif "`" in text:
        text = _APOSTROPHE.sub("'", text)
    return text.casefold().replace("*", "")


def all_words(text: str) -> tuple[str, ...]:
    """Every word of a text, in any script."""
    return tuple(_ALL_WORDS.findall(text))


def forms(text: str) -> list[str]:
    """The forms of a table's cell, in NFC and lower case."""
    parts = (part.strip() for part in text.split(","))
    return [unicodedata.normalize("NFC", part).casefold() for part in parts if part]


def _pattern(table: Words, terms: set[str]) -> re.Pattern[str]:
    """The token pattern: words between spaces, or the known terms wherever they stand."""
    number = _number(
        " \u00a0\u202f" if table.spaced_groups else "\u00a0\u202f",
        before=r"(?<![^\W_])" if table.spaced else r"(?<![\da-z])",
    )
    if table.spaced:
        # One class is twice as fast as two, so marks are looked for only where they are written.
        letters = f"{_ANY_LETTER if table.marks else _LETTER}++"
        word = rf"(?P<word>{letters}(?:'{letters})*+(?![-‑]?\d))"
        after = rf"(?P<other>{letters})"
        kinds = (word, _NAME, number, _PLACEHOLDER, _SIGN, after)
    else:
        known = "|".join(map(re.escape, sorted(terms, key=lambda term: (-len(term), term))))
        counters = "|".join(map(re.escape, forms(table.counters)))
        numeral = rf"(?P<numeral>[〇零一二两兩三四五六七八九十百千万萬半]+(?=\s?(?:{counters})))"
        word = rf"(?P<word>{known}|[a-zμ]+)"
        kinds = (_NAME, number, _PLACEHOLDER, _SIGN, numeral, word)
    return re.compile("|".join(kinds))


def _number(spaces: str, *, before: str) -> str:
    # ".5" is a number, and so "5.", ".5" in "5..5" and "word.5" (a footnote) must not begin one.
    return (
        rf"(?P<number>{before}(?<![.,)\]])[.,٫·．]\d+(?:[.,٫٬'’]\d+)*+|"
        rf"\d{{1,3}}(?:[{spaces}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?|"
        rf"\d+(?:[.,٫٬'’]\d+)*+[{_PARTS}]?|[{_PARTS}])"
    )
