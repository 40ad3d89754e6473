"""Numbers with the separators, signs, grouping and digits of a locale."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale

from medloc.errors import MedlocError
from medloc.languages import babel_locale
from medloc.numerals import in_system, known_digits
from medloc.phrases import phrase


class QuantityError(MedlocError):
    """A value or unit that cannot be written in a locale."""


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
    return in_system(text, _system(locale, digits))


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
    if not known_digits(system):
        raise QuantityError(
            phrase(
                "the digits `{system}` are not known for {locale}", system=system, locale=locale
            ),
            advice=phrase("Use a CLDR numbering system, such as `latn` or `arab`."),
        )
    return system


def _grouped(whole: str, locale: Locale, mark: str) -> str:
    """The digits of a whole number in the locale's groups: 1,234,567 or 12,34,567."""
    size, next_size = locale.decimal_formats[None].grouping
    text = ""
    while len(whole) > size:
        text, whole = f"{mark}{whole[-size:]}{text}", whole[:-size]
        size = next_size
    return whole + text
