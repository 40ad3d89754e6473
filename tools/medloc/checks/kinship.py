"""Signs that a translation speaks of what its source does: concepts, numbers, names, look-alikes.

Each sign is weak; together they tell a translation from another segment's. The stems stand in
`data/all/concepts.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from medloc.checks.lengths import surprise
from medloc.checks.lexicon import Word, fold, lexicon
from medloc.checks.reading import Reading, Side
from medloc.checks.sentences import final_mark, sentences
from medloc.checks.tongues import tongues
from medloc.yaml_text import YamlMapping, read_mapping


class Subject(NamedTuple):
    """What two texts speak of, in counts."""

    concepts: int  # of the source, with a counterpart
    concepts_lost: int
    names: int  # words in Latin letters and capitals
    names_lost: int
    names_new: int
    cognates: int
    cognates_lost: int  # long words of the source without a look-alike


class Shape(NamedTuple):
    """What two texts look like, in counts."""

    numbers: int
    numbers_lost: int
    numbers_new: int
    length: float  # spreads from the expected, up to 4
    sentences: int  # difference
    marks: int  # differences at the ends, in brackets, links, emphasis


def subject(reading: Reading) -> Subject:
    """The words that a pair shares."""
    source, target = reading.source, reading.target
    names, others = _names(source.text), _names(target.text)
    shared = len(names & others)
    return Subject(
        *_concepts(source, target, target.lexicon.language),
        shared, len(names) - shared, len(others) - shared, *_cognates(source, target),
    )  # fmt: skip


def shape(reading: Reading) -> Shape:
    """The numbers, lengths and marks of a pair."""
    source, target = reading.source, reading.target
    values = [set(number.values) for number in source.numbers if number.how == "digits"]
    others = [set(number.values) for number in target.numbers if number.how == "digits"]
    theirs = {value for number in target.numbers for value in number.values}
    mine = {value for number in source.numbers for value in number.values}
    shared = sum(bool(one & theirs) for one in values)
    far = surprise(reading)
    return Shape(
        shared, len(values) - shared, sum(not one & mine for one in others),
        0.0 if far is None else min(abs(far), 4.0),
        abs(len(sentences(source)) - len(sentences(target))), _marks(source, target),
    )  # fmt: skip


def _concepts(source: Side, target: Side, language: str) -> tuple[int, int]:
    """How many concepts of the source the translation has, and how many it lacks."""
    stems = _stems(language)
    if not stems or source.lexicon.language != "en":
        return 0, 0
    found = set(map(_concept, source.vocabulary)) & stems.keys()
    if not found:
        return 0, 0
    text = _searched(target)
    hits = 0
    for concept in found:
        for stem in stems[concept]:
            if stem in text:
                hits += 1
                break
    return hits, len(found) - hits


def new_concepts(reading: Reading) -> int:
    """How many concepts the translation has that its source lacks, by their longer stems."""
    source, target = reading.source, reading.target
    if source.lexicon.language != "en":
        return 0
    said = set(map(_concept, source.vocabulary))
    text, least = _searched(target), _least(target)
    return sum(
        any(len(stem) >= least and stem in text for stem in stems)
        for concept, stems in _stems(target.lexicon.language).items()
        if concept not in said
    )


def translatable(words: Iterable[Word], language: str) -> bool:
    """Whether an English word means what the language is known to say otherwise."""
    stems = _stems(language)
    return any(
        not any(stem in word.folded for stem in stems.get(_concept(word.folded), ("",)))
        for word in words
    )


def _searched(side: Side) -> str:
    return fold(side.prose) if side.lexicon.language in _FOLDED else side.prose.lower()


_FOLDED = frozenset({"ar", "fa", "he", "ur", "uk"})


def _least(side: Side) -> int:
    """How many characters of a stem say enough: a Chinese character says more than a letter."""
    if not side.lexicon.segmented or side.lexicon.language == "ko":
        return 2
    return 4 if tongues().written(side.locale)[0] in ("Latn", "Cyrl") else 3


def known_concepts(reading: Reading) -> bool:
    """Whether the stems of both languages are listed."""
    return reading.source.lexicon.language == "en" and bool(_stems(reading.target.lexicon.language))


@lru_cache(maxsize=16384)
def _concept(word: str) -> str:
    """The concept of an English word; "" for none. Stems of five letters begin longer words."""
    whole, beginnings = _english()
    found = whole.get(word, "")
    for length in range(5, min(len(word), 12) + 1) if not found else ():
        found = beginnings.get(word[:length], "")
        if found:
            break
    return found


@lru_cache(maxsize=1)
def _english() -> tuple[Mapping[str, str], Mapping[str, str]]:
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for concept, stems in _stems("en").items():
        for stem in stems:
            whole.setdefault(stem, concept)
            whole.setdefault(stem + "s", concept)
            if len(stem) > 4:
                beginnings.setdefault(stem, concept)
    return whole, beginnings


@lru_cache(maxsize=64)
def _stems(language: str) -> Mapping[str, tuple[str, ...]]:
    line = _table().get(language)
    if line is None:
        return {}
    made: dict[str, tuple[str, ...]] = {}
    for entry in re.split(r" (?=[a-z]+:)", str(line)):
        concept, _, stems = entry.partition(":")
        made[concept] = tuple(fold(stem) for stem in stems.split("|"))
    return made


@lru_cache(maxsize=1)
def _table() -> YamlMapping:
    file = resources.files("medloc.checks") / "data" / "all" / "concepts.yaml"
    data = read_mapping(file.read_text("utf-8"), path="checks/data/all/concepts.yaml")["concepts"]
    assert isinstance(data, YamlMapping)
    return data


_CAPITALS = re.compile(r"[A-Z][A-Z0-9]")
_NAME = re.compile(r"(?<![A-Za-z])[A-Za-z]{0,20}[A-Z][A-Z0-9]{1,20}[A-Za-z0-9]{0,10}")


def _names(text: str) -> set[str]:
    return set(_NAME.findall(text)) if _CAPITALS.search(text) else set()


_CYRILLIC = str.maketrans(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", "abvgdeejziiklmnoprstufhccss_i_euaiieg"
)
_SOUNDS = str.maketrans({"c": "k", "q": "k", "y": "i", "z": "s", "w": "v", "h": None, "_": None})


@lru_cache(maxsize=16384)
def beginning(word: str) -> str:
    """The beginning of a word, as languages that borrowed it would agree on."""
    plain = unicodedata.normalize("NFKD", word.translate(_CYRILLIC))
    plain = "".join(letter for letter in plain if letter.isascii() and letter.isalpha())
    plain = plain.replace("ph", "f").replace("x", "ks")
    return plain.translate(_SOUNDS)[:5]


def _cognates(source: Side, target: Side) -> tuple[int, int]:
    """Long words of the source with and without a word in the translation that begins alike."""
    if not borrows(target):
        return 0, 0
    long = set(map(beginning, [word for word in source.vocabulary if len(word) > 5]))
    if not long:
        return 0, 0
    theirs = set(map(beginning, [word for word in target.vocabulary if len(word) > 4]))
    alike = len(long & theirs)
    return alike, len(long) - alike


def borrows(side: Side) -> bool:
    """Whether a language writes the international words of medicine so that they look alike."""
    return _borrows(side.locale)


@lru_cache(maxsize=64)
def _borrows(locale: str) -> bool:
    alike = tongues().written(locale)[0] in ("Latn", "Cyrl")
    return alike and lexicon(locale).language not in _OWN_WORDS


_OWN = "sw vi tr az hu fi et eu so ha zu mg uz kk ky mn tg ku cy ga"
_OWN_WORDS = frozenset(_OWN.split())


def _marks(source: Side, target: Side) -> int:
    """How many kinds of mark differ."""
    one, other = source.text, target.text
    ends = bool(final_mark(one)) != bool(final_mark(other))
    asks = ("?" in one) != any(mark in other for mark in "?؟？")
    brackets = ("(" in one) != ("(" in other or "（" in other)
    links = one.count("](") != other.count("](")
    starts = one[:1].isupper() and other[:1].islower()
    bold = one.count("**") != other.count("**")
    return ends + asks + brackets + 2 * links + starts + bold
