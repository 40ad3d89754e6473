"""Letters that pose as digits (`1O mg`), and digits of a script the language does not use.

ISMP on numerals that are misread: https://www.ismp.org/recommendations/error-prone-abbreviations-list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted
from medloc.checks.scripts import scripts_of
from medloc.model import Severity, Span
from medloc.phrases import phrase

_POSING = "OoОоlIІЗ"
_MAYBE = re.compile(f"[0-9][{_POSING}]|[{_POSING}][.,]?[0-9]")
_TOKEN = re.compile(
    rf"(?<![^\W_])[0-9{_POSING}]{{1,12}}(?:[.,][0-9{_POSING}]{{1,12}}){{0,3}}(?!\w)"
)
_MEANT = str.maketrans(_POSING, "00001113")
_DIGITS = {
    "Arab": "\u0660-\u0669\u06f0-\u06f9", "Deva": "\u0966-\u096f", "Beng": "\u09e6-\u09ef",
    "Guru": "\u0a66-\u0a6f", "Gujr": "\u0ae6-\u0aef", "Orya": "\u0b66-\u0b6f",
    "Taml": "\u0be6-\u0bef", "Telu": "\u0c66-\u0c6f", "Knda": "\u0ce6-\u0cef",
    "Mlym": "\u0d66-\u0d6f", "Thai": "\u0e50-\u0e59", "Laoo": "\u0ed0-\u0ed9",
    "Tibt": "\u0f20-\u0f29", "Mymr": "\u1040-\u1049", "Khmr": "\u17e0-\u17e9",
    "Nkoo": "\u07c0-\u07c9", "Mong": "\u1810-\u1819",
    "wide": "\uff10-\uff19", "styled": "\U0001d7ce-\U0001d7ff",
}  # fmt: skip
_ALL = "".join(_DIGITS.values())
_ONE = re.compile(f"[{_ALL}]")
_NATIVE = re.compile(f"[0-9.,]{{0,12}}[{_ALL}][0-9{_ALL}]{{0,12}}")
_WIDE = frozenset({"Hani", "Kana", "Hang"})


def confusable_digits(reading: Reading) -> Iterator[Issue]:
    """Letters inside numbers, digits of foreign scripts, two kinds of digits in one number."""
    text = reading.target.text
    if _MAYBE.search(text):
        yield from _letters(reading)
    if not text.isascii() and _ONE.search(text):
        yield from _foreign(reading)


def _letters(reading: Reading) -> Iterator[Issue]:
    """Tokens that the source has with digits where the translation has letters."""
    source, spans = reading.source.text, []
    for token in _TOKEN.finditer(reading.target.prose):
        word = token[0]
        if word.isdigit() or not any(map(str.isdigit, word)) or word in source:
            continue
        plain = re.sub("[.,]", "", word.translate(_MEANT))
        if word.isascii() and plain not in re.sub(r"(?<=\d)[., ](?=\d)", "", source):
            continue  # `5l` is five litres, `O2` oxygen
        if re.fullmatch(r"[0-9.,]+[lo]", word) and _number(word[:-1], source):
            continue
        spans.append(token.span())
    if spans:
        yield Issue(
            phrase(
                "{words} holds letters that look like digits. Type the number in digits.",
                words=quoted(reading.target.text, spans),
            ),
            (),
            tuple(spans),
        )


def _number(digits: str, source: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(digits)}(?!\d)", source))


def _foreign(reading: Reading) -> Iterator[Issue]:
    scripts = scripts_of(reading.target.locale)
    foreign: list[Span] = []
    mixed: list[Span] = []
    for found in _NATIVE.finditer(reading.target.text):
        number = found[0]
        kinds = {_kind(digit) for digit in number if digit.isdigit()}
        if number in reading.source.text:
            continue
        if not kinds - {"ascii"} <= _own(scripts):
            foreign.append(found.span())
        elif len(kinds) > 1:
            mixed.append(found.span())
    text = reading.target.text
    if foreign:
        yield Issue(
            phrase(
                "{words} is written in digits that this language does not use.",
                words=quoted(text, foreign),
            ),
            (),
            tuple(foreign),
        )
    if mixed:
        yield Issue(
            phrase("{words} mixes two kinds of digits in one number.", words=quoted(text, mixed)),
            (),
            tuple(mixed),
            Severity.WARNING,
        )


def _own(scripts: frozenset[str]) -> frozenset[str]:
    return scripts | {"wide"} if scripts & _WIDE else scripts


def _kind(digit: str) -> str:
    if digit.isascii():
        return "ascii"
    return next((name for name, kind in _KINDS if kind.match(digit)), "other")


_KINDS = [(name, re.compile(f"[{digits}]")) for name, digits in _DIGITS.items()]
