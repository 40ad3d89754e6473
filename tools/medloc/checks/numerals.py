"""The numbers of a text as values with units, whether written in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from medloc.checks.digits import ANY_DIGIT, MOST, Digits, from_decimal, read_digits
from medloc.checks.han import added, multiple, read_han
from medloc.checks.measures import unit_at
from medloc.checks.percents import percent_at
from medloc.checks.spelled import MONTH, NUMBER, TIMES, Spelled, read_spelled
from medloc.checks.western import western
from medloc.model import Span

if TYPE_CHECKING:
    from medloc.checks.lexicon import Lexicon, Word


class Number(NamedTuple):
    """One number of a text.

    `values` are decimals as text ("0.5", "1500"), the likeliest first: more than one where a
    separator can be read two ways. `how` is "digits", "words" (spelled out), "implied" (a word
    such as "both" that may stand for a number), "month" (a month's name, which may be written as a
    number) or "name" (the digits of COVID-19: no number).
    `unit` is a key such as "mg" or "hour", "%" for percent, or empty; `unit_span` where it stands.
    """

    values: tuple[str, ...]
    start: int
    end: int
    how: str = "digits"
    unit: str = ""
    unit_span: Span = (0, 0)

    @property
    def span(self) -> Span:
        return self.start, self.end


def read_numbers(prose: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[Number, ...]:
    """All numbers of a text, in order: in digits, in words, and those that words imply."""
    spelled = read_spelled(prose, words, lexicon)
    found: list[Number] = []
    if ANY_DIGIT.search(prose):
        text = western(prose)
        digits = list(islice(read_digits(text, lexicon.locale), MOST))
        found = _multiplied(text, digits, spelled, lexicon)
        spelled = _with_units(prose, text, words, lexicon, found, spelled)
    for one in spelled:
        found.append(Number((one.value,), one.start, one.end, _how(one, lexicon)))
    if lexicon.language in _HAN:
        for value, start, end, sure in read_han(prose):
            if not prose[start - 1 : start].isdigit():
                found.append(Number((str(value),), start, end, "words" if sure else "implied"))
    for place, number in enumerate(found):
        if number.how == "words":
            unit = unit_at(prose, words, number.start, number.end, lexicon)
            if unit is not None:
                found[place] = number._replace(unit=unit[0], unit_span=unit[1])
    if len(found) > 1:
        found.sort(key=_start)
    return tuple(found)


def _start(number: Number) -> int:
    return number.start


_HAN = frozenset({"zh", "ja", "yue"})
_EAST = _HAN | {"ko"}
_YEARLY = re.compile(r"(?:19|20)\d\d")
_DASH = re.compile(r"\s?[-–—‑‒~−]\s?")
_BETWEEN = re.compile(r"[ \xa0]?[-–—‑‒~−至到和与][ \xa0]?|[ \xa0]\w{1,6}[ \xa0](?:\w{1,2}[ \xa0])?")


def _how(one: Spelled, lexicon: Lexicon) -> str:
    """Spelled 1 is mostly an article, and Vietnamese "năm" (5) mostly a year."""
    if one.kind == MONTH:
        return "month"
    if one.kind != NUMBER or one.value == "1":
        return "implied"
    return "implied" if lexicon.language == "vi" and one.value == "5" else "words"


def _multiplied(
    text: str, digits: list[Digits], spelled: list[Spelled], lexicon: Lexicon
) -> list[Number]:
    """Digits times the multiple behind them: 520 thousand, 52万, 10K; and years cut short."""
    behind = {one.start: one for one in spelled if one.kind in (TIMES, NUMBER)} if spelled else {}
    found: list[Number] = []
    used = 0
    for values, start, end, name in digits:
        if start < used:  # the 2 of 5만 2천
            continue
        factor, stop, more_to_add = Decimal(1), end, 0
        if not name:
            factor, stop = _factor(text, start, end, behind, spelled, lexicon)
        if factor >= 1000 and lexicon.language in _EAST:
            more_to_add, stop = added(text, stop)
        used = stop
        if factor != 1:
            values = tuple(
                from_decimal(Decimal(value) * factor + more_to_add) for value in _decimals(values)
            )
            if found and _BETWEEN.fullmatch(text, found[-1].end, start):
                last = found[-1]  # 2 to 3 million: two million, or so
                more = tuple(from_decimal(Decimal(v) * factor) for v in _decimals(last.values))
                found[-1] = last._replace(values=last.values + more)
        elif found and end - start == 2 and _YEARLY.fullmatch(found[-1].values[0]):
            year = found[-1].values[0][:2] + text[start:end]
            if _DASH.fullmatch(text, found[-1].end, start) and year != found[-1].values[0]:
                values = (*values, year)  # 2007–08
        if end - start == 4 and text[stop : stop + 1] == "s" and values[0].endswith("0"):
            values = (*values, values[0][2:])  # the 1990s: años 90
        found.append(Number(values, start, stop, "name" if name else "digits"))
    return found


def _decimals(values: tuple[str, ...]) -> list[str]:
    return [value for value in values if ":" not in value and "/" not in value]


def _factor(
    text: str, start: int, end: int, behind: dict[int, Spelled], spelled: list[Spelled],
    lexicon: Lexicon,
) -> tuple[Decimal, int]:  # fmt: skip
    """What the digits are multiplied with, and where that ends; its word is used up."""
    if lexicon.language in _EAST:
        factor, stop = multiple(text, end)
        return Decimal(factor), stop
    char = text[end : end + 1]
    if char == "K" and not text[end + 1 : end + 2].isalnum():
        return Decimal(1000), end + 1
    if behind:
        place = end + 1 if char in (" ", "\xa0", "-", "\u202f") else end
        word = behind.get(place)
        if word is not None and word.value.endswith("000"):  # mil, mil millones
            spelled.remove(word)
            return Decimal(word.value), word.end
        if lexicon.language == "sw":  # milioni 5
            for word in spelled:
                if word.kind == TIMES and word.end == start - 1 and word.value.endswith("000"):
                    spelled.remove(word)
                    return Decimal(word.value), end
    return Decimal(1), end


def _with_units(
    prose: str, text: str, words: Sequence[Word], lexicon: Lexicon, numbers: list[Number],
    spelled: list[Spelled],
) -> list[Spelled]:  # fmt: skip
    """Give the numbers their percent signs and units; what is left of the spelled numbers, for
    the hundred of "بالمئة" is in a percent word."""
    used = []
    for index, number in enumerate(numbers):
        if number.how != "digits":
            continue
        place = percent_at(text, number.start, number.end, lexicon)
        found = ("%", place) if place else unit_at(prose, words, *number.span, lexicon)
        if found is not None:
            numbers[index] = number._replace(unit=found[0], unit_span=found[1])
            if found[0] == "%":
                used.append(found[1])
    if not used:
        return spelled
    return [one for one in spelled if not any(a <= one.start < b for a, b in used)]
