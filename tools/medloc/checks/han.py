"""Numbers in Han characters (二十五, 三万) and multiples behind digits (52万, 5만 2천).

A single character is a number only before a word that counts: 三天, but not 统一 or 十分.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from medloc.checks.digits import MOST

_DIGITS = {char: value for value, chars in enumerate(
    ("〇零", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HANGUL = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
_RUN = re.compile(f"[{''.join((*_DIGITS, *_SMALL, *_LARGE))}]{{1,16}}")
_COUNTED = re.compile(
    r"[天日周週年歲岁歳時时分秒個个個名人次回倍種种類类項项級级度位家例剂剤滴片粒錠枚杯条條期代款台つヶカか箇層层"
    r"段点點组組者起株份頭头只隻支瓶包盒篇幅座层成届轮輪波批步块塊岁世口种双種]"
)
_BEFORE = frozenset("第约約近超过過每隔前后後")
_VAGUE = frozenset("数數几幾上")  # tens of thousands
_NOT = re.compile(
    r"十分(?![钟鐘之間以後前ほ])|万一|千万(?!人|元|例|美)|三角|四肢|五官|[二三四][头頭][筋肌]|十二指|三叉|[一二三][酸氧]化|[二三]尖|十字|[二三]次元|百分(?!之)|一一|九州|八達|四川|三星"
)
_MULTIPLES = re.compile(
    r"\s?([千百十]?[万萬亿億兆]|[千百](?![克米卡帕焦瓦赫])|(?:[천백십]{0,2}\s?[만억조]|[천백]))"
)


def read_han(prose: str) -> Iterator[tuple[int, int, int, bool]]:
    """(value, start, end, sure) of every number in Han characters."""
    for match in islice(_RUN.finditer(prose), MOST):
        start, end = match.span()
        if _NOT.match(prose, max(0, start - 1), end + 2) or _NOT.match(prose, start, end + 2):
            continue
        value = han_value(match[0])
        counted = bool(_COUNTED.match(prose, end)) or prose[start - 1 : start] in _BEFORE
        if not counted and prose[start - 2 : start] == "分之":  # 三分之一
            yield value, start, end, False
        elif len(match[0]) > 1 or counted:
            vague = prose[start - 1 : start] in _VAGUE or match[0] in _LARGE
            yield value, start, end, value != 1 and not vague


def han_value(text: str) -> int:
    """The value of Han numerals.

    >>> han_value("二十五"), han_value("三万五千"), han_value("二〇二〇"), han_value("十二亿")
    (25, 35000, 2020, 1200000000)
    """
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[char]
            section = digit = 0
    return total + section + digit


def multiple(prose: str, end: int) -> tuple[int, int]:
    """The multiple written in Han or Hangul behind digits, and where it ends; (1, end) if none.

    >>> multiple("52万人", 2), multiple("5천 명", 1)
    ((10000, 3), (1000, 2))
    """
    match = _MULTIPLES.match(prose, end)
    return (_factor(match[1]), match.end()) if match else (1, end)


def _factor(text: str) -> int:
    factor = 1
    for char in text:
        factor *= _SMALL.get(char) or _LARGE.get(char) or _HANGUL.get(char) or 1
    return factor


def added(prose: str, end: int) -> tuple[int, int]:
    """What stands behind a multiple and is added to it, and where it ends: the 2천 of 5만 2천.

    >>> added("5만 2천 명", 2), added("3万5千", 2), added("5만 명", 2)
    ((2000, 5), (5000, 4), (0, 2))
    """
    match = _ADDED.match(prose, end)
    if match is None:
        return 0, end
    return int(match[1]) * _factor(match[2] or ""), match.end()


_ADDED = re.compile(r"\s?(\d{1,4})([千百천백]|(?=[명人名個个例件원円元]))")
