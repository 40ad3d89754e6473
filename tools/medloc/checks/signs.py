"""Minus and ± lost or added before a number: -20 °C is no 20 °C.

A hyphen is also a dash and a range, so only a mark that stands alone before its number counts:
"the minus sign" of the SI Brochure, 5.4, https://www.bipm.org/en/publications/si-brochure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.phrases import phrase


def signs(reading: Reading) -> Iterator[Issue]:
    """A number with a minus or ± on one side and the same number without it on the other."""
    source, target = reading.source, reading.target
    if not _MAYBE.search(source.text) and not _MAYBE.search(target.text):
        return
    ours, theirs = _signed(source), _signed(target)
    if lost := _lost(ours, theirs, target):
        spans = tuple((number.start - 1, number.end) for number in lost)
        yield Issue(
            phrase(
                "The source says {said}; the translation has the number without its sign.",
                said=quoted(source.text, spans),
            ),
            spans,
        )
    elif added := _lost(theirs, ours, source):
        spans = tuple((number.start - 1, number.end) for number in added)
        yield Issue(
            phrase(
                "The translation says {now}; the source has the number without a sign.",
                now=quoted(target.text, spans),
            ),
            (),
            spans,
        )


_MAYBE = re.compile(r"[-–−﹣－±]\d")
_MINUS = "-–−﹣－"
# Words that say minus, before a number or as in "20 degrees below zero".
_WORDS = re.compile(
    r"\b(?:minus|menos|moins|meno|min|mínus|miinus|mínusz|eksi|negativ\w*|négativ\w*|hasi|âm|trừ"
    r"|минус\w*|мінус\w*|ниже нуля|нижче нуля|мороз\w*|bajo cero|below zero|sous zéro|sotto zero"
    r"|unter null|abaixo de zero|poniżej zera|dưới|ناقص|سالب|منفی|تحت الصفر|زیر صفر|מינוס)\b"
    r"|माइनस|ऋण|शून्य से|মাইনাস|ঋণাত্মক|শূন্যের|负|負|零下|マイナス|氷点下|마이너스|영하|음|ลบ|ติดลบ",
    re.I,
)


def _signed(side: Side) -> list[tuple[str, Number]]:
    """The numbers with a sign, and the sign: "-" or "±"."""
    found = []
    text = side.text
    for number in side.numbers:
        if number.how != "digits" or number.start == 0:
            continue
        sign = text[number.start - 1]
        if sign == "±":
            found.append((sign, number))
        elif sign in _MINUS and _stands_alone(text, number.start - 1):
            found.append(("-", number))
    return found


def _stands_alone(text: str, place: int) -> bool:
    """Whether a dash is a sign: not inside a word, a range, or at the head of a list's item."""
    before = text[max(0, place - 3) : place]
    if not before.strip():
        return text[place] in "−﹣－"
    if before[-1].isalnum() or before[-1] in ")]%°":
        return False
    last = before.rstrip(" \xa0\u202f\u2009\u200e\u200f")[-1:]
    return not last.isdigit() and last not in _MINUS and last != ""


def _lost(
    one: list[tuple[str, Number]], other: list[tuple[str, Number]], side: Side
) -> list[Number]:
    """The signed numbers that the other side has, but never with that sign or in words."""
    found = []
    for sign, number in one:
        values = set(number.values)
        if any(sign == theirs and not values.isdisjoint(n.values) for theirs, n in other):
            continue
        plain = [n for n in side.numbers if n.how == "digits" and not values.isdisjoint(n.values)]
        if not plain or any(_dashed(side.text, n) for n in plain):
            continue
        if sign == "±" or not _WORDS.search(side.text):
            found.append(number)
    return found


def _dashed(text: str, number: Number) -> bool:
    """Whether any dash is near enough to be the sign, as on the wrong side of Arabic numbers."""
    near = text[max(0, number.start - 2) : number.start] + text[number.end : number.end + 1]
    return any(mark in _MINUS or mark in "±+" for mark in near)
