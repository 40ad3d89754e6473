"""The words that state facts, one table per language: negation, comparison, frequency, side, units.

Forms of one entry are separated by commas; a form may be a phrase; a form that ends in `*` stands
for every word that begins so. Keys are the same in all languages: `not`, `less`, `mg`, `day`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

LANGUAGES = frozenset({"en", "es", "fr", "de", "pt", "ru", "ar", "hi", "zh", "ja", "sw"})


@dataclass(frozen=True, slots=True)
class Words:
    """The table of a language.

    `decimal` is the decimal separator, `spaced_groups` says that a plain space groups thousands.
    `signals` and `units` map keys to forms; an empty key is for phrases that state nothing and
    would be misread word by word; a key such as "2 times" is a number with its unit. `numbers` and
    `ordinals` map values to forms. `between` are words that make a range of two numbers, `per`
    words that make a rate with the unit that follows. `prefixes` are written together with the
    next word (Arabic "and", "in", "the"); `negative_prefixes` and `negative_endings` make a word
    negative, if three letters at least are left; `ordinal_endings` follow digits. `spaced` is
    False where words are not separated; `counters` then are what makes a number of a numeral
    before it. `small` are words that name nothing counted, though they stand beside a number
    ("of", "is"), `articles` those that are also the number one. `marks` says that letters carry
    combining marks, `units_first` that units stand before their numbers ("miaka 12").
    """

    decimal: str = "."
    spaced_groups: bool = False
    spaced: bool = True
    marks: bool = False
    units_first: bool = False
    signals: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    ordinals: Mapping[str, str] = field(default_factory=dict)
    between: str = ""
    per: str = ""
    prefixes: tuple[str, ...] = ()
    negative_prefixes: tuple[str, ...] = ()
    negative_endings: tuple[str, ...] = ()
    ordinal_endings: tuple[str, ...] = ()
    counters: str = ""
    small: str = ""
    articles: str = ""


# Symbols and abbreviations that all languages share, in lower case.
SYMBOLS: Mapping[str, str] = {
    "mg": "mg",
    "g": "g, gr",
    "kg": "kg, kgs",
    "ug": "µg, μg, mcg, ug",
    "ng": "ng",
    "ml": "ml, cc",
    "l": "l",
    "dl": "dl",
    "ul": "µl, μl",
    "pg": "pg",
    "pmol": "pmol",
    "nmol": "nmol",
    "umol": "µmol, μmol, umol",
    "mmol": "mmol",
    "mol": "mol",
    "gy": "gy",
    "cgy": "cgy",
    "mgy": "mgy",
    "sv": "sv",
    "msv": "msv",
    "meq": "meq",
    "iu": "iu",
    "hz": "hz",
    "khz": "khz",
    "mmhg": "mmhg, mm hg",
    "kpa": "kpa",
    "mm": "mm",
    "cm": "cm",
    "m": "m",
    "km": "km",
    "kcal": "kcal",
    "kj": "kj",
    "mv": "mv",
    "ms": "ms",
    "s": "s, sec, secs",
    "min": "min, mins",
    "h": "h, hr, hrs",
    "bpm": "bpm",
    "°c": "°c, ℃",
    "°f": "°f, ℉",
    "°": "°",
    "%": "%, ٪, ％",
    "‰": "‰",
}


def words_of(language: str) -> Words | None:
    """The table of a language ("pt" for pt_BR, too), None when we have none."""
    code = language.replace("-", "_").split("_")[0].lower()
    if code not in LANGUAGES:
        return None
    table = import_module(f"{__name__}.{code}").WORDS
    assert isinstance(table, Words)
    return table
