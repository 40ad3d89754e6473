"""Numbers with the separators, signs, grouping and digits of a locale."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale

from medloc.errors import MedlocError
from medloc.languages import babel_locale
from medloc.phrases import phrase

# First digit of each decimal numbering system, from CLDR's numberingSystems.xml.
_ZEROS = {
    "adlm": 0x1E950, "ahom": 0x11730, "arab": 0x0660, "arabext": 0x06F0, "bali": 0x1B50,
    "beng": 0x09E6, "bhks": 0x11C50, "brah": 0x11066, "cakm": 0x11136, "cham": 0xAA50,
    "deva": 0x0966, "diak": 0x11950, "fullwide": 0xFF10, "gong": 0x11DA0, "gonm": 0x11D50,
    "gujr": 0x0AE6, "guru": 0x0A66, "hmng": 0x16B50, "hmnp": 0x1E140, "java": 0xA9D0,
    "kali": 0xA900, "khmr": 0x17E0, "knda": 0x0CE6, "lana": 0x1A80, "lanatham": 0x1A90,
    "laoo": 0x0ED0, "latn": 0x0030, "lepc": 0x1C40, "limb": 0x1946, "mlym": 0x0D66,
    "modi": 0x11650, "mong": 0x1810, "mroo": 0x16A60, "mtei": 0xABF0, "mymr": 0x1040,
    "mymrshan": 0x1090, "mymrtlng": 0xA9F0, "newa": 0x11450, "nkoo": 0x07C0, "olck": 0x1C50,
    "orya": 0x0B66, "osma": 0x104A0, "rohg": 0x10D30, "saur": 0xA8D0, "shrd": 0x111D0,
    "sind": 0x112F0, "sinh": 0x0DE6, "sora": 0x110F0, "sund": 0x1BB0, "takr": 0x116C0,
    "talu": 0x19D0, "tamldec": 0x0BE6, "telu": 0x0C66, "thai": 0x0E50, "tibt": 0x0F20,
    "tirh": 0x114D0, "vaii": 0xA620, "wara": 0x118E0, "wcho": 0x1E2F0,
}  # fmt: skip


class QuantityError(MedlocError):
    """A value or unit that cannot be written in a locale."""


def known_digits(system: str) -> bool:
    """Whether a CLDR numbering system has ten digits that we know.

    >>> known_digits("arab"), known_digits("roman")
    (True, False)
    """
    return system in _ZEROS


@lru_cache(maxsize=64)
def separators(locale: str) -> tuple[str, str]:
    """A locale's decimal and grouping separator with Western digits; "." and "," when unknown.

    >>> separators("de"), separators("fr")
    ((',', '.'), (',', '\\u202f'))
    """
    found = babel_locale(locale)
    symbols = found.number_symbols.get("latn") if found else None
    return (str(symbols["decimal"]), str(symbols["group"])) if symbols else (".", ",")


def decimal_of(text: str) -> Decimal:
    """The value of a number in digits; raises QuantityError."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise QuantityError(
            phrase("`{text}` is no number", text=text), advice=phrase("Write digits, as in 0.25.")
        )
    return value


def number_text(value: Decimal, locale: Locale, digits: str) -> str:
    """A number with the locale's sign, grouping and digits, and the decimals the author wrote.

    Written here from the locale's data: Babel's own formatting leaves Western digits, and a
    hyphen where the language has another sign.
    """
    whole, _, fraction = f"{abs(value):f}".partition(".")
    text = _grouped(whole, locale, symbol(locale, digits, "group"))
    if fraction:
        text += symbol(locale, digits, "decimal") + fraction
    sign = symbol(locale, digits, "minusSign") if value < 0 else ""
    return sign + in_digits(text, locale, digits)


def in_digits(text: str, locale: Locale, digits: str) -> str:
    """A text with all its digits in a numbering system; empty means the locale's own."""
    return text.translate(_translation(_system(locale, digits)))


def digits_of(locale: str, digits: str = "") -> str:
    """The ten digits in which a locale writes, or those of a numbering system, from 0 to 9.

    >>> digits_of("bn"), digits_of("ar", "arab")
    ('০১২৩৪৫৬৭৮৯', '٠١٢٣٤٥٦٧٨٩')
    """
    return in_digits("0123456789", Locale.parse(locale), digits)


def symbol(locale: Locale, digits: str, name: str) -> str:
    """A symbol of the locale's numbers (`decimal`, `group`, `minusSign`, `percentSign`)."""
    # Systems that CLDR says nothing about share the symbols of Western digits.
    for system in (_system(locale, digits), "latn"):
        symbols = locale.number_symbols.get(system) or {}
        if symbols.get(name) is not None:
            return str(symbols[name])
    raise QuantityError(
        phrase(
            "the language data of {locale} have no `{name}` for numbers", locale=locale, name=name
        )
    )


def _system(locale: Locale, digits: str) -> str:
    system = digits or str(locale.default_numbering_system)
    if system not in _ZEROS:
        raise QuantityError(
            phrase(
                "the digits `{system}` are not known for {locale}", system=system, locale=locale
            ),
            advice=phrase("Use a CLDR numbering system, such as `latn` or `arab`."),
        )
    return system


@lru_cache(maxsize=64)
def _translation(system: str) -> dict[int, int]:
    """The digits of every script to those of a system."""
    return {zero + i: _ZEROS[system] + i for zero in _ZEROS.values() for i in range(10)}


def _grouped(whole: str, locale: Locale, mark: str) -> str:
    """The digits of a whole number in the locale's groups: 1,234,567 or 12,34,567."""
    size, next_size = locale.decimal_formats[None].grouping
    text = ""
    while len(whole) > size:
        text, whole = f"{mark}{whole[-size:]}{text}", whole[:-size]
        size = next_size
    return whole + text
