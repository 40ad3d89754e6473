"""Numbers written in digits: separators by locale, native digits, times, fractions, exponents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from medloc.checks.names import is_name
from medloc.checks.western import western
from medloc.quantities import separators

MOST = 500  # numbers read of one text; no text for patients has more
ANY_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")


class Digits(NamedTuple):
    """A number in digits: what it may mean, the likeliest first, and where it stands."""

    values: tuple[str, ...]
    start: int
    end: int
    name: bool


_START = re.compile("[0-9¼-¾⅐-⅞]")
_PHONE = re.compile(
    r"\+\d{1,3}(?:[ \-.()\xa0]{1,3}\d{2,5}){2,5}(?!\d)"
    r"|(?:1[ \-.])?(?:\(\d{3}\)\ ?|\d{3}[ \-.])\d{3}[\-.]\d{4}(?!\d)"
)
_NUMBER = re.compile(
    r"""
    (?P<date>\d{1,2}(?P<mark>[./\-])\d{1,2}(?P=mark)\d{2,4}(?![\d./\-]?\d)
      |\d{4}(?P<iso>[./\-])\d{1,2}(?P=iso)\d{1,2}(?!\d))
  | (?P<power>(?:\d{1,12}(?:[.,⎖]\d{1,12})?\s?[x×*·✕]\s?)?\b10(?:\^[-−]?\d{1,2}
      |[⁻⁺]?[⁰¹²³⁴-⁹]{1,2}))
  | (?P<time>\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}\s?h\s?\d{2}(?!\d))
  | (?P<fraction>\d{1,3}[ \xa0]\d{1,2}[/⁄]\d{1,2}(?![\d/])
      |\d{1,4}[/⁄]\d{1,4}(?![\d/]|[.,\xa0\u202f]\d))
  | (?P<plain>\d{1,40}(?:[.,⎖'’٬،˙·]\d{1,40}|[\ \xa0\u2009\u202f\u2007]\d{3}(?![\d]))
      {0,12}[ \xa0]?[¼-¾⅐-⅞]?|[¼-¾⅐-⅞])
    """,
    re.X,
)
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+|\d{1,2}(?:\D\d{2})+\D\d{3}")  # 1,234,567; 12,34,567
_SPACES = frozenset(" \xa0\u202f\u2009\u2007")
_PLACEHOLDER = re.compile(r"\d{1,2}\$[a-z]|\d{0,2}[sdif]\b")
_AFTERNOON = re.compile(r"\s?p\.?\s?m\b", re.I)
_MORNING = re.compile(r"\s?a\.?\s?m\b", re.I)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def read_digits(text: str, locale: str) -> Iterator[Digits]:
    """The numbers written in digits of a text that `western` has made."""
    decimal, language, stop = separators(locale)[0], locale[:2], 0
    for _ in range(MOST):
        first = _START.search(text, stop)
        if first is None:
            return
        start = first.start()
        phone = _phone(text, start)
        match = phone or _NUMBER.match(text, start)
        if match is None:
            return
        stop = match.end()
        start, end = match.span()
        kind = "phone" if phone else match.lastgroup or "plain"
        if kind != "plain" or not match[0][-1].isdigit():
            end = start + len(match[0].rstrip(" \xa0"))
        if start and text[start - 1] in "%#" and _is_code(text, start):
            continue
        piece = text[start:end]
        if is_name(text, start, end):
            yield Digits((*_plain(piece, decimal, True), *parts(piece)), start, end, True)
            continue
        if kind == "date" or (kind == "plain" and len(piece) > 4 and not _is_one(piece)):
            for part in _PARTS.finditer(text, start, end):
                yield Digits(_part(part, kind, match), part.start(), part.end(), False)
            continue
        if kind == "phone":
            values: tuple[str, ...] = ("".join(filter(str.isdigit, piece)).lstrip("+0"),)
        elif kind == "power":
            values = _power(piece)
        elif kind == "time":
            values = _time(piece, text[end : end + 6])
        elif kind == "fraction":
            values = _fraction(piece, language)
        else:
            values = _plain(piece, decimal, language in _BOTH_WAYS)
            if len(piece) < 3:
                values += _clock(piece, text[end : end + 6])
        yield Digits(values, start, end, False)


_PARTS = re.compile(r"\d{1,40}")
# 1.500 is 1500 in Spain and 1.5 in Mexico; Egypt writes 1,500 and Morocco 1.500.
_BOTH_WAYS = frozenset({"es", "ar", "fa", "ur"})


def _phone(text: str, start: int) -> re.Match[str] | None:
    """A telephone number, which may begin with + or a bracket."""
    if start and text[start - 1] in "+(":
        return _PHONE.match(text, start - 1)
    second = text[start + 1 : start + 2]
    if text[start + 3 : start + 4] in _PHONE_MARKS or (
        text[start] == "1" and second in _PHONE_MARKS
    ):
        return _PHONE.match(text, start)
    return None


_PHONE_MARKS = frozenset("-. ")


def parts(piece: str) -> list[str]:
    """The values of the runs of digits in a piece: `["14", "30"]` of "14:30"."""
    return [plain(part[0]) for part in _PARTS.finditer(western(piece))]


def plain(digits: str) -> str:
    """A value without needless zeros: "0.50" -> "0.5", "007" -> "7"."""
    whole, _, rest = digits.partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def from_decimal(value: Decimal) -> str:
    """A decimal as a value."""
    return plain(format(value, "f")) if -30 < value.adjusted() < 30 else str(value)


def _part(part: re.Match[str], kind: str, whole: re.Match[str]) -> tuple[str, ...]:
    value = plain(part[0])
    if kind == "date" and len(part[0]) == 2 and part.end() == whole.end():
        return value, f"20{part[0]}", f"19{part[0]}"  # the year of 12/03/20
    return (value,)


def _is_code(text: str, start: int) -> bool:
    """Whether digits belong to `%1$s`, `%2d` or `&#160;`."""
    if text[start - 1] == "#":
        return start > 1 and text[start - 2] == "&"
    return bool(_PLACEHOLDER.match(text, start))


@lru_cache(maxsize=20000)
def _is_one(piece: str) -> bool:
    """Whether digits with separators are one number, not a list or a version."""
    marks = [char for char in piece if not char.isdigit()]
    if not marks or not piece[-1].isdigit():
        return True
    if len(marks) == 1:
        return marks[0] not in _SPACES or piece.index(marks[0]) < 4  # but 2019 100 are two
    if marks[0] != marks[-1]:  # 1.234,56
        whole = piece[: piece.rindex(marks[-1])]
        return marks.count(marks[-1]) == 1 and bool(_GROUPED.fullmatch(whole))
    return len(set(marks)) == 1 and bool(_GROUPED.fullmatch(piece))


@lru_cache(maxsize=20000)
def _plain(piece: str, decimal: str, both: bool) -> tuple[str, ...]:
    """The readings of digits with separators that `_is_one`, the locale's own first; the other
    only where `both` are usual, for 1.500 is one or one and a half thousand.

    >>> _plain("1.500", ",", False), _plain("1.500", ".", True), _plain("0,25", ",", False)
    (('1500',), ('1.5', '1500'), ('0.25',))
    """
    if not piece[-1].isdecimal() and unicodedata.numeric(piece[-1], None) is not None:
        rest = Decimal(str(round(unicodedata.numeric(piece[-1]), 6)))
        whole = piece[:-1].strip()
        before = _plain(whole, decimal, False)[0] if whole else "0"
        return (from_decimal(Decimal(before) + rest),)
    marks = [char for char in piece if not char.isdigit()]
    bare = "".join(filter(str.isdigit, piece))
    if not marks:
        return (plain(bare),)
    last = marks[-1]
    tail = len(piece) - piece.rindex(last) - 1
    as_decimal = plain(f"{bare[:-tail]}.{bare[-tail:]}")
    if last == "⎖" or marks[0] != last:
        return (as_decimal,)
    if last == "،" or (last == "," and decimal == "." and tail != 3 and len(marks) == 1):
        # A comma that may divide a list: figures 1,2.
        return (plain(bare) if tail == 3 else as_decimal, *map(plain, piece.split(last)))
    if len(marks) > 1 or last in " \xa0\u2009\u202f\u2007'’٬":
        return (plain(bare),)
    if tail != 3 or piece.index(last) > 3 or piece[0] == "0":
        return (as_decimal,)
    readings = (plain(bare), as_decimal)
    if last == decimal:
        readings = (as_decimal, plain(bare))
    return readings if both else readings[:1]


def _power(piece: str) -> tuple[str, ...]:
    """3.5×10⁹ -> 3500000000; 10⁹ is also read as 109, where the raising got lost."""
    head, _, tail = piece.rpartition("10")
    if not tail:  # 10^10: the last ten is the exponent
        head, tail = head.rpartition("10")[0], "10"
    exponent = int(tail.translate(_SUPERSCRIPT).replace("−", "-").lstrip("^"))
    factor = re.match(r"\d{1,12}(?:[.,⎖]\d{1,12})?", head)
    number = Decimal(factor[0].replace(",", ".").replace("⎖", ".") if factor else "1")
    value = from_decimal(number.scaleb(exponent))
    return (value,) if factor else (value, "10" + str(abs(exponent)))


@lru_cache(maxsize=5000)
def _time(piece: str, behind: str) -> tuple[str, ...]:
    """14:30 -> the time in 24 and 12 hours, and as 14.30 may be read."""
    hour, minute, *_ = parts(piece)
    written = [f"{hour}:{minute}"]
    if _AFTERNOON.match(behind) and int(hour) < 12:
        written.append(f"{int(hour) + 12}:{minute}")
        written.append(plain(f"{int(hour) + 12}.{int(minute):02}"))
        if minute == "0":
            written.append(str(int(hour) + 12))
    if int(minute) < 60 and int(hour) < 25:
        if minute == "0":
            written.append(hour)
        written.append(plain(f"{hour}.{int(minute):02}"))
    return tuple(written)


def _clock(piece: str, behind: str) -> tuple[str, ...]:
    """The other way to write "2 pm"."""
    if _AFTERNOON.match(behind) and int(piece) < 12:
        return f"{int(piece) + 12}:0", str(int(piece) + 12), f"{int(piece)}:0"
    return (f"{int(piece)}:0",) if _MORNING.match(behind) else ()


def _fraction(piece: str, language: str) -> tuple[str, ...]:
    """1/2 -> 0.5, 1 1/2 -> 1.5; in Persian also a decimal sign."""
    *whole, above, below = parts(piece)
    if below == "0":
        return (f"{above}/0",)
    value = Decimal(above) / Decimal(below) + Decimal(whole[0] if whole else "0")
    readings = (from_decimal(round(value, 6)), f"{above}/{below}")
    if language in ("fa", "ur", "ps"):
        written = piece.replace("⁄", "/").replace("/", ".")
        return (plain(written), *readings) if not whole else readings
    return readings
