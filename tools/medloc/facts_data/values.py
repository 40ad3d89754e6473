"""Numbers as written in any script, to values that compare: decimals in their shortest form."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

# Longer digits are kept as text: no dose has them, and big integers cost quadratic time.
_LONGEST = 40


def value_of(text: str, decimal: str) -> str:
    """The value of digits in any script, by the separators of the language.

    >>> value_of("1.500,50", ","), value_of("1,500", "."), value_of("٢٫٥", "."), value_of("2½", ".")
    ('1500.5', '1500', '2.5', '2.5')
    """
    if text.isascii() and text.isdigit():
        return text.lstrip("0") or "0"
    if len(text) > _LONGEST:
        return text
    text = text.replace("·", ".").replace("．", ".")
    part = Fraction(0)
    if unicodedata.numeric(text[-1]) % 1:
        part, text = Fraction(unicodedata.numeric(text[-1])).limit_denominator(100), text[:-1]
    digits = "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
    digits = re.sub(r"[\s'’٬]", "", digits).replace("٫", ".")
    other = "," if decimal == "." else "."
    if "٫" in text:
        other = ","
    grouped = re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{other}\d{{3}})+(?:\{decimal}\d+)?", digits)
    if grouped and "٫" not in text:
        digits = digits.replace(other, "")
    elif "٫" in text:
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        # Dates and versions ("12.05.2024"): not a value, yet a fact.
        return digits
    return written(Fraction(digits or "0") + part)


def ratio_of(first: str, second: str) -> str:
    """Halves and thirds are values; "120/80" is not "60/40"."""
    if (
        first.isdigit()
        and second in {"2", "3", "4", "5", "8", "10"}
        and 0 < int(first) < int(second)
    ):
        return written(Fraction(int(first), int(second)))
    return f"{first}/{second}"


def written(value: Fraction) -> str:
    """A value in its shortest decimal form, or as a fraction where that never ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(value * 10**digits)).rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole


_HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_HAN |= {"零": 0, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}


def han_value(text: str) -> str:
    """The value of a Chinese or Japanese numeral.

    >>> [han_value(text) for text in ("二十五", "十二", "半", "三百")]
    ['25', '12', '0.5', '300']
    """
    if len(text) > _LONGEST:
        return text
    total, section, digit = 0, 0, 0
    for sign in text.replace("半", ""):
        if sign in _HAN:
            digit = _HAN[sign]
        elif sign in _HAN_UNITS:
            section, digit = section + (digit or 1) * _HAN_UNITS[sign], 0
        else:
            total, section, digit = total + (section + digit) * 10000, 0, 0
    return written(total + section + digit + Fraction("半" in text) / 2)
