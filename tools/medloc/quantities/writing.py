"""A typed value as the readers of a locale expect it: number, range, percent, unit, date."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from medloc.languages import date_text
from medloc.model import Quantity
from medloc.quantities.numbers import decimal_of, in_digits, number_text, symbol
from medloc.quantities.units import Units, unit_pattern

NO_BREAK_SPACE = "\u00a0"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"  # the renderer makes <bdi> of them
_RIGHT_TO_LEFT_MARK = "\u200f"

# CLDR's `miscPatterns/range`, which Babel does not carry; an en dash everywhere else.
_DASH = {"es": "-", "pt": "-", "it": "-", "nl": "-", "zh": "-", "ja": "～", "ko": "~"}


def write(quantity: Quantity, locale: str, *, digits: str = "", units: Units | None = None) -> str:
    """The quantity as readers of `locale` expect it: short unit, no break inside, and isolated
    from the text around it in right-to-left locales (U+2068, U+2069).

    `digits` is a CLDR numbering system ("arab"); empty means the locale's own. `units` maps CLDR
    unit ids or free names to a pattern with `{0}`, or to patterns by plural category. Raises
    QuantityError, which names units.yaml when that is where the missing pattern belongs.

    >>> write(Quantity("d", "5", unit="milligram"), "ru")
    '5\\xa0мг'
    >>> write(Quantity("r", "5", "8", unit="hertz"), "en")
    '5–8\\xa0Hz'
    """
    babel = _locale(locale)
    if quantity.date is not None:
        text = in_digits(date_text(quantity.date, locale), babel, digits)
    else:
        text = _amount(quantity, babel, digits, units or {}).replace(" ", NO_BREAK_SPACE)
    if babel.character_order == "right-to-left":
        return f"{ISOLATE}{_turned(text)}{END_ISOLATE}"
    return text


@lru_cache(maxsize=256)
def _locale(locale: str) -> Locale:
    return Locale.parse(locale)


def _amount(quantity: Quantity, locale: Locale, digits: str, units: Units) -> str:
    first = decimal_of(quantity.value)
    last = decimal_of(quantity.upper or quantity.value)
    if quantity.unit == "percent" and "percent" not in units:
        return _percent(first, last if quantity.upper else None, locale, digits)
    text = _numbers(first, last if quantity.upper else None, locale, digits)
    if not quantity.unit:
        return text
    return unit_pattern(quantity.unit, last, locale, digits, units).replace("{0}", text)


def _numbers(first: Decimal, last: Decimal | None, locale: Locale, digits: str) -> str:
    """One number, or a range with the locale's dash; around a sign the dash gets room."""
    text = number_text(first, locale, digits)
    if last is None:
        return text
    dash = _DASH.get(locale.language, "–")
    if first.is_signed() or last.is_signed():
        # Where the dash is a hyphen it would pass for a second sign: -5 - 3.
        dash = f"{NO_BREAK_SPACE}{'–' if dash == '-' else dash}{NO_BREAK_SPACE}"
    return f"{text}{dash}{number_text(last, locale, digits)}"


def _percent(first: Decimal, last: Decimal | None, locale: Locale, digits: str) -> str:
    """Per cent as the locale's pattern has it: `5 %`, `%5`, `-%5`."""
    pattern = locale.percent_formats[None]
    signed = last is None and first.is_signed() and pattern.prefix[1] != "-"
    before, after = (side[int(signed)] for side in (pattern.prefix, pattern.suffix))
    text = _numbers(-first if signed else first, last, locale, digits)
    minus, percent = (symbol(locale, digits, name) for name in ("minusSign", "percentSign"))
    around = [part.replace("-", minus).replace("%", percent) for part in (before, after)]
    return text.join(around)


def _turned(text: str) -> str:
    """A value with a right-to-left unit whose sign brings a left-to-right mark: other marks before
    the value and around the dash, or the sign would decide how all of it runs."""
    kinds = {unicodedata.bidirectional(char) for char in text if char.isalpha()}
    if "\u200e" not in text or not kinds & {"R", "AL"}:
        return text
    mark, dash = _RIGHT_TO_LEFT_MARK, f"{NO_BREAK_SPACE}–{NO_BREAK_SPACE}"
    return mark + text.replace(dash, f"{mark}{dash}{mark}")
