"""Numbers without a counterpart that are only written in another way on the other side: months,
Roman numerals, times and fractions in parts, years of another calendar."""

from __future__ import annotations

import re
from functools import lru_cache

from medloc.checks.digits import parts
from medloc.checks.numerals import Number
from medloc.checks.reading import Side


def excused(number: Number, others: set[str], own: Side, other: Side) -> bool:
    """Whether a number without counterpart is only written in another way."""
    value = number.values[0]
    small = value.isdecimal() and len(value) < 3 and number.how == "digits"
    if small and (
        _is_month(value, own, other)
        or _is_roman(int(value), other.prose)
        or _is_day(value, own, other)
    ):
        return True
    if number.how == "digits" and _in_parts(number, others, own, other):
        return True
    if value == "2019" and _VIRUS.search(own.text, max(0, number.start - 30), number.end + 18):
        return True
    return len(value) == 4 and value.isdecimal() and _calendar(int(value), others, own, other)


def _is_month(value: str, own: Side, other: Side) -> bool:
    """Whether a number is a month that only the other side names."""
    return _months(other, value) > _months(own, value)


def _is_day(value: str, own: Side, other: Side) -> bool:
    """Whether the other side writes day and month as 12.03."""
    for number in other.numbers:
        if (
            number.how == "digits"
            and len(number.values[0]) < 6
            and not number.values[0].isdecimal()
        ):
            pieces = parts(other.text[number.start : number.end])
            if len(pieces) == 2 and value in pieces:
                pieces.remove(value)
                if _is_month(pieces[0], other, own):
                    return True
    return False


def _months(side: Side, value: str) -> int:
    return sum(number.how == "month" and value in number.values for number in side.numbers)


_ROMAN = tuple(
    f"{ten}{one}"
    for ten in ("", "X", "XX")
    for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
)


@lru_cache(maxsize=64)
def _is_roman(value: int, prose: str) -> bool:
    """Whether phase 2 is written phase II."""
    if not 2 <= value < len(_ROMAN):
        return False
    return re.search(rf"(?<!\w){_ROMAN[value - 1]}(?!\w)", prose) is not None


def _in_parts(number: Number, others: set[str], own: Side, other: Side) -> bool:
    """Whether 14:30, 1/2 or 1-800-232-4636 is written apart on the other side, or 12.03. is the
    day and the month that it names."""
    text = own.text[number.start : number.end]
    pieces = parts(text)
    if len(pieces) == 2 and any(
        day in others and _is_month(month, own, other) for day, month in (pieces, pieces[::-1])
    ):
        return True
    return len(pieces) > 1 and _PARTED.search(text) is not None and others.issuperset(pieces)


# The year in the names of the disease: 2019-nCoV, coronavirus disease 2019.
_VIRUS = re.compile(
    "CoV|oronav|оронав|کرونا|كورونا|कोरोना|করোনা|קורונה|コロナ|코로나|冠状|冠狀|COVID", re.I
)
_PARTED = re.compile(r"[:：/⁄()h-]")
# Years of the Buddhist era; of the Solar Hijri calendar, which begins in March.
_ERAS = {"th": (543,), "fa": (-621, -622), "ps": (-621, -622), "ne": (56, 57)}


def _calendar(year: int, others: set[str], own: Side, other: Side) -> bool:
    """Whether a year is only counted from another beginning."""
    return any(
        str(year + sign * era) in others
        for language, sign in ((own.lexicon.language, -1), (other.lexicon.language, 1))
        for era in _ERAS.get(language, ())
    )
