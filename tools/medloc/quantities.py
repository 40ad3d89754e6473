"""Typed values written as each locale writes them, from CLDR through Babel.

The rule: a pattern that the locale's own data lack is an error that names it, never an identifier
or an English abbreviation on a page. `units.yaml` of the locale supplies what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from medloc.errors import MedlocError
from medloc.languages import babel_locale, date_text
from medloc.model import Quantity

NO_BREAK_SPACE = "\u00a0"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"  # the renderer makes <bdi> of them

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
# CLDR's `miscPatterns/range`, which Babel does not carry; an en dash everywhere else.
_DASH = {"es": "-", "pt": "-", "it": "-", "nl": "-", "zh": "-", "ja": "～", "ko": "~"}


class QuantityError(MedlocError):
    """A value or unit that cannot be written in a locale."""


def write(quantity: Quantity, locale: str, *, digits: str = "", units: Units | None = None) -> str:
    """The quantity as readers of `locale` expect it: short unit, no break inside, and isolated
    from the text around it in right-to-left locales (U+2068, U+2069).

    `digits` is a CLDR numbering system ("arab"); empty means the locale's own. `units` maps CLDR
    unit ids or free names to a pattern with `{0}`, or to patterns by plural category.

    >>> write(Quantity("d", "5", unit="milligram"), "ru")
    '5\\xa0мг'
    >>> write(Quantity("r", "5", "8", unit="hertz"), "en")
    '5–8\\xa0Hz'
    """
    babel = _locale(locale)
    if quantity.date is not None:
        text = date_text(quantity.date, locale)
    else:
        last = _decimal(quantity.upper or quantity.value)
        numbers = [_number(_decimal(quantity.value), babel, digits)]
        if quantity.upper:
            numbers.append(_number(last, babel, digits))
        text = _DASH.get(babel.language, "–").join(numbers)
        if quantity.unit:
            text = _pattern(quantity.unit, last, babel, units or {}).replace("{0}", text)
        text = text.replace(" ", NO_BREAK_SPACE)
    if babel.character_order == "right-to-left":
        return f"{ISOLATE}{text}{END_ISOLATE}"
    return text


def known_unit(unit: str) -> bool:
    """Whether CLDR has the unit at all; other names need a pattern in every units.yaml."""
    return unit == "percent" or _cldr_key(unit) is not None


def similar_units(unit: str) -> list[str]:
    """Units of CLDR with a similar name, at most two."""
    keys = Locale.parse("en")._data["unit_patterns"]
    return get_close_matches(unit, [key.partition("-")[2] for key in keys], 2, 0.8)


@lru_cache(maxsize=64)
def separators(locale: str) -> tuple[str, str]:
    """A locale's decimal and grouping separator with Western digits; "." and "," when unknown.

    >>> separators("de"), separators("fr")
    ((',', '.'), (',', '\\u202f'))
    """
    found = babel_locale(locale)
    symbols = found.number_symbols.get("latn") if found else None
    return (str(symbols["decimal"]), str(symbols["group"])) if symbols else (".", ",")


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


@lru_cache(maxsize=256)
def _locale(locale: str) -> Locale:
    return Locale.parse(locale)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise QuantityError(f"`{text}` is no number", advice="Write digits, as in 0.25.") from None


def _number(value: Decimal, locale: Locale, digits: str) -> str:
    """A number with the locale's separators and digits, with the decimals the author wrote."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    system = digits or locale.default_numbering_system
    try:
        latin = str(format_decimal(value, pattern, locale=locale, numbering_system=system))
    except Exception as trouble:  # Babel raises its own and KeyError alike
        raise QuantityError(
            f"the digits `{digits}` are not known for {locale}",
            advice="Use a CLDR numbering system, such as `latn` or `arab`.",
        ) from trouble
    return latin.translate(_digits(system))


@lru_cache(maxsize=64)
def _digits(system: str) -> dict[int, str]:
    """Western digits to those of a numbering system (Babel changes the separators only)."""
    zero = _ZEROS.get(system)
    return {} if zero is None else {ord("0") + i: chr(zero + i) for i in range(10)}


# First digit of each decimal numbering system, from CLDR's numberingSystems.xml.
_ZEROS = {
    "arab": 0x0660, "arabext": 0x06F0, "beng": 0x09E6, "deva": 0x0966, "gujr": 0x0AE6,
    "guru": 0x0A66, "khmr": 0x17E0, "knda": 0x0CE6, "laoo": 0x0ED0, "mlym": 0x0D66,
    "mymr": 0x1040, "nkoo": 0x07C0, "olck": 0x1C50, "orya": 0x0B66, "tamldec": 0x0BE6,
    "telu": 0x0C66, "thai": 0x0E50, "tibt": 0x0F20, "cakm": 0x11136, "mtei": 0xABF0,
    "adlm": 0x1E950, "fullwide": 0xFF10,
}  # fmt: skip


def _pattern(unit: str, number: Decimal, locale: Locale, units: Units) -> str:
    """The pattern with `{0}` for a unit and the number that chooses its plural form."""
    own = units.get(unit)
    if own is not None:
        category = str(locale.plural_form(number))
        found = own if isinstance(own, str) else own.get(category, own.get("other", ""))
        if "{0}" in found:
            return found
        raise QuantityError(
            f"the pattern of `{unit}` for {locale} has no `{{0}}`",
            path=f"locales/{locale}/units.yaml",
            advice='Write it as in `tablet: {one: "{0} tablet", other: "{0} tablets"}`.',
        )
    if unit == "percent":
        return _percent(locale)
    patterns = _cldr(unit, str(locale))
    # Some forms carry no number ("two weeks" as one Arabic word): the general one shows it.
    for category in (str(locale.plural_form(number)), "other"):
        if "{0}" in patterns.get(category, ""):
            return patterns[category]
    raise QuantityError(
        f"the language data have no short form of `{unit}` for {locale}",
        path=f"locales/{locale}/units.yaml",
        advice=f'Add a line there: `{unit}: "{{0}} ..."`.',
    )


def _percent(locale: Locale) -> str:
    pattern = locale.percent_formats[None]
    return f"{pattern.prefix[0]}{{0}}{pattern.suffix[0]}"


@lru_cache(maxsize=4096)
def _cldr(unit: str, locale: str) -> dict[str, str]:
    """The short patterns of a unit by plural category, empty where CLDR has none of its own."""
    key = _cldr_key(unit)
    if key is None:
        return {}
    found = _short_patterns(key, locale)
    if found == _short_patterns(key, "root") and unit not in _INTERNATIONAL:
        # "{0} d" in Spanish is a choice of the people who wrote its durations; in a language
        # where nobody wrote any it is only the root's.
        return found if _has_words_of(key.partition("-")[0], locale) else {}
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
