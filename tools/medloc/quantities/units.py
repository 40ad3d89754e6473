"""Patterns and names of units: units.yaml first, then CLDR's own, else an error that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale

from medloc.languages import babel_locale
from medloc.phrases import phrase
from medloc.quantities.numbers import QuantityError, in_digits

Units = Mapping[str, str | Mapping[str, str]]

# Symbols of the SI and its friends read the same everywhere, so CLDR's root pattern may serve a
# locale that has none of its own. Words ("w" for week) may not.
_INTERNATIONAL = frozenset(
    {
        "gram", "kilogram", "milligram", "microgram", "mole", "liter", "deciliter", "centiliter",
        "milliliter", "meter", "kilometer", "centimeter", "millimeter", "micrometer", "nanometer",
        "hertz", "kilohertz", "megahertz", "celsius", "kelvin", "pascal", "hectopascal",
        "kilopascal", "millimeter-ofhg", "joule", "kilojoule", "kilocalorie", "watt", "kilowatt",
        "milliwatt", "volt", "ampere", "milliampere", "millimole-per-liter",
        "milligram-ofglucose-per-deciliter", "kilometer-per-hour", "meter-per-second",
    }
)  # fmt: skip

# Russian writes decades as "8 10-летий", which reads as 810.
_DIGIT_BESIDE = re.compile(r"\d[\s.,]*\{0\}|\{0\}[\s.,]*\d")


def known_unit(unit: str) -> bool:
    """Whether CLDR has the unit at all; other names need a pattern in every units.yaml."""
    return unit == "percent" or _cldr_key(unit) is not None


def similar_units(unit: str) -> list[str]:
    """Units of CLDR with a similar name, at most two."""
    keys = Locale.parse("en")._data["unit_patterns"]
    return get_close_matches(unit, [key.partition("-")[2] for key in keys], 2, 0.8)


@lru_cache(maxsize=64)
def unit_names(locale: str) -> Mapping[str, tuple[str, ...]]:
    """How a locale writes CLDR's units, long and short, in all plural forms: unit id -> names.

    >>> unit_names("de")["mass-milligram"]
    ('Milligramm', 'mg')
    """
    found = babel_locale(locale)
    patterns = found._data["unit_patterns"] if found else {}
    names = {}
    for key in patterns:
        lengths = patterns[key]
        forms = []
        for length in ("long", "short", "narrow"):
            form = lengths.get(length, {}) if hasattr(lengths, "get") else {}
            forms += [str(form[name]) for name in form if name not in ("per", "case")]
        forms = [form.replace("{0}", "").strip() for form in forms if "{0}" in form]
        names[key] = tuple(dict.fromkeys(form for form in forms if form))
    return names


def unit_pattern(unit: str, number: Decimal, locale: Locale, digits: str, units: Units) -> str:
    """The pattern with `{0}` for a unit and the number that chooses its plural form.

    Raises QuantityError, naming units.yaml, when neither that file nor CLDR has one.
    """
    category = str(locale.plural_form(number))
    if unit in units:
        return _own_pattern(unit, units[unit], category, locale)
    patterns = _cldr(unit, str(locale))
    # Some forms carry no number ("two weeks" as one Arabic word): the general one shows it.
    for name in (category, "other"):
        before, hole, after = patterns.get(name, "").partition("{0}")
        if hole and not _DIGIT_BESIDE.search(patterns[name]):
            # A pattern's own digits ("L/100km") go with those of the number.
            return hole.join(in_digits(side, locale, digits) for side in (before, after))
    raise QuantityError(
        phrase(
            "the language data have no short form of `{unit}` for {locale}",
            unit=unit,
            locale=locale,
        ),
        path=f"locales/{locale}/units.yaml",
        advice=phrase('Add a line there: `{unit}: "{{0}} ..."`.', unit=unit),
    )


def _own_pattern(unit: str, own: str | Mapping[str, str], category: str, locale: Locale) -> str:
    """The pattern of units.yaml."""
    found = own if isinstance(own, str) else own.get(category, own.get("other", ""))
    problem = "" if "{0}" in found else phrase("has no `{0}`")
    if _DIGIT_BESIDE.search(found):
        problem = phrase("has a digit beside `{0}`, which would pass for a part of the number")
    if not problem:
        return found
    raise QuantityError(
        phrase(
            "the pattern of `{unit}` for {locale} {problem}",
            unit=unit,
            locale=locale,
            problem=problem,
        ),
        path=f"locales/{locale}/units.yaml",
        advice=phrase('Write it as in `tablet: {one: "{0} tablet", other: "{0} tablets"}`.'),
    )


@lru_cache(maxsize=4096)
def _cldr(unit: str, locale: str) -> dict[str, str]:
    """The short patterns of a unit by plural category, empty where CLDR has none of its own."""
    key = _cldr_key(unit)
    if key is None:
        return {}
    found = _short_patterns(key, locale)
    family, _, name = key.partition("-")
    if found == _short_patterns(key, "root") and name not in _INTERNATIONAL:
        # "{0} d" in Spanish is a choice of the people who wrote its durations; in a language
        # where nobody wrote any it is only the root's.
        return found if _has_words_of(family, locale) else {}
    return found


@lru_cache(maxsize=1024)
def _has_words_of(family: str, locale: str) -> bool:
    """Whether the locale's own data have a pattern for any unit of a family, such as duration."""
    keys = [k for k in Locale.parse("en")._data["unit_patterns"] if k.startswith(f"{family}-")]
    return any(_short_patterns(k, locale) != _short_patterns(k, "root") for k in keys)


def _short_patterns(key: str, locale: str) -> dict[str, str]:
    # Babel's format_unit falls back to identifiers ("12 duration-week"), so we read the data.
    lengths = Locale.parse(locale)._data["unit_patterns"].get(key, {})
    short = lengths.get("short", {}) if hasattr(lengths, "get") else {}
    return {name: short[name] for name in short if name != "per" and name != "case"}


@lru_cache(maxsize=512)
def _cldr_key(unit: str) -> str | None:
    """`milligram` -> `mass-milligram`; a full key stays itself."""
    keys = Locale.parse("en")._data["unit_patterns"]
    if unit in keys:
        return unit
    return next((key for key in sorted(keys) if key.partition("-")[2] == unit), None)
