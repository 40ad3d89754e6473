"""An oracle for written quantities: reads them back from the text alone, with CLDR's symbols.

For every locale: no unit identifier in any output, one digit system per number, the same value
back, or an error that names the missing pattern and units.yaml.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from babel import Locale

from medloc.model import Quantity
from medloc.quantities import QuantityError, write

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2068\u2069"))
_VALUES = ("0", "1", "2", "0.5", "1.0", "3", "5", "11", "21", "100", "1000", "1e6", "-1", "-0.5")
_OWN = ("tablet", "milligram-per-kilogram", "international-unit")  # in no language data
_SYSTEMS = ("", "", "", "latn", "arab", "arabext", "beng", "deva", "mymr", "hmnp")


def cldr_units() -> list[str]:
    """Every unit of CLDR by its short id, and percent."""
    keys = Locale.parse("en")._data["unit_patterns"]
    return sorted({"percent", *(key.partition("-")[2] for key in keys)})


def random_quantities(rng: random.Random, count: int) -> Iterator[tuple[Quantity, str]]:
    """Quantities and the digits asked for: numbers, ranges, per cent, units, dates."""
    units = cldr_units()
    for _ in range(count):
        kind, digits = rng.random(), rng.choice(_SYSTEMS)
        if kind < 0.1:
            day = dt.date.fromordinal(rng.randint(1, dt.date(2300, 1, 1).toordinal()))
            yield Quantity("q", date=day), digits
            continue
        likely = ("", "percent", "milligram", "milliliter", "week", "day", "celsius", *_OWN)
        unit = rng.choice(units if kind < 0.6 else likely)
        value = rng.choice(_VALUES) if rng.random() < 0.3 else _random_number(rng)
        upper = ""
        if rng.random() < 0.3:
            more = Decimal(value) + Decimal(_random_number(rng)).copy_abs() + 1
            upper = f"{more:f}"
        yield Quantity("q", value, upper, unit), digits


def _random_number(rng: random.Random) -> str:
    places = rng.choice((0, 0, 0, 1, 2, 4))
    value = Decimal(rng.randint(-(10 ** rng.randint(1, 9)), 10 ** rng.randint(1, 9)))
    return f"{value.scaleb(-places):f}"


def problem_with(quantity: Quantity, locale: str, digits: str) -> str:
    """What is wrong with a quantity as it is written in a locale; empty when nothing is."""
    try:
        text = write(quantity, locale, digits=digits)
    except QuantityError as error:
        named = quantity.unit and f"`{quantity.unit}`" in error.found
        if named and error.path == f"locales/{locale}/units.yaml" and quantity.unit in error.advice:
            return ""
        return f"the error names no pattern: {error}"
    plain = text.translate(_MARKS)
    found = _one_system(plain) or _identifier(plain, quantity.unit, locale)
    if found or quantity.date is not None:
        return found or _date(plain, quantity)
    if " " in plain:
        return f"a space that may break: {text!a}"
    bare = _without_unit(plain, quantity.unit, locale)
    if bare is None:
        return f"no pattern of the language's own, or one with a number beside it: {text!a}"
    values = [Decimal(v) for v in (quantity.value, quantity.upper) if v]
    same = [(value, min(0, int(value.as_tuple().exponent))) for value in values]
    read = _read(bare, locale, digits)
    return "" if read == same else f"{text!a} reads as {read}, not {same}"


def _one_system(text: str) -> str:
    zeros = {ord(char) - unicodedata.decimal(char) for char in text if char.isdecimal()}
    return "" if len(zeros) == 1 else f"{len(zeros)} digit systems: {text!a}"


def _identifier(text: str, unit: str, locale: str) -> str:
    """A unit's id on the page, which no language's own pattern has."""
    if not unit:
        return ""
    for key, patterns in Locale.parse(locale)._data["unit_patterns"].items():
        if key.partition("-")[2] != unit and key != unit:
            continue
        own = str([dict(patterns[n]) for n in patterns if hasattr(patterns[n], "items")])
        if key in text or (unit in text and unit not in own):
            return f"an identifier: {text!a}"
    return f"an identifier: {text!a}" if "-" in unit and unit in text else ""


def _without_unit(text: str, unit: str, locale: str) -> str | None:
    """The text without the unit, which must be one of CLDR's and no digits beside the number."""
    if unit in ("", "percent"):
        return text
    best: tuple[int, str] | None = None
    for key, lengths in Locale.parse(locale)._data["unit_patterns"].items():
        short = lengths.get("short", {}) if key.partition("-")[2] == unit else {}
        for form in (short[name] for name in short if "{0}" in str(short[name])):
            before, _, after = _western(form.translate(_MARKS).replace(" ", "\xa0")).partition(
                "{0}"
            )
            plain = _western(text)
            fits = plain.startswith(before) and plain.endswith(after)
            beside = before.rstrip("\xa0")[-1:] + after.lstrip("\xa0")[:1]
            if fits and not re.search(r"\d", beside):
                length = len(before) + len(after)
                best = max(best or (-1, ""), (length, text[len(before) : len(text) - len(after)]))
    return best[1] if best else None


def _western(text: str) -> str:
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _date(text: str, quantity: Quantity) -> str:
    day = quantity.date
    assert day is not None
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    return "" if day.day in numbers and day.year in numbers else f"{text!a} is not {day}"


def _read(text: str, locale: str, digits: str) -> list[tuple[Decimal, int]]:
    """The numbers of a text: value, and exponent of the last decimal written."""
    babel = Locale.parse(locale)
    own = babel.number_symbols.get(digits or babel.default_numbering_system) or {}
    latin = babel.number_symbols["latn"]
    point = str(own.get("decimal") or latin["decimal"])
    group = str(own.get("group") or latin["group"])
    number = rf"(?<!\d)([-−][%٪\s]*)?(\d[\d{re.escape(point + group)}]*(?<=\d))"
    found = []
    for sign, piece in re.findall(number, text):
        whole, _, fraction = piece.replace(group, "").partition(point)
        value = Decimal(f"{'-' if sign else ''}{_western(whole)}.{_western(fraction) or '0'}")
        found.append((value, -len(fraction)))
    return found
