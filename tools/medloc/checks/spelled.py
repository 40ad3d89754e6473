"""Numbers written in words, composed from the number words of a language.

"two hundred and five", "خمسة وعشرون", "три тысячи", "milioni mbili".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from medloc.checks.digits import MOST, from_decimal
from medloc.checks.lexicon import Lexicon, Word
from medloc.checks.number_table import (
    IMPLIED,
    MONTH,
    NUMBER,
    ORDINAL,
    TIMES,
    Entry,
    Table,
    adjacent,
    table_of,
)

__all__ = ["MONTH", "NUMBER", "TIMES", "Spelled", "read_spelled"]


class Spelled(NamedTuple):
    """A number in words: its value, its place, and whether the words are sure to mean it."""

    value: str
    start: int
    end: int
    kind: int


def read_spelled(prose: str, words: Sequence[Word], lexicon: Lexicon) -> list[Spelled]:
    """The numbers written in words, in order; a multiplier alone has the kind `TIMES`."""
    table = table_of(lexicon)
    known = table.memo.get
    behind = 0
    found: list[Spelled] = []
    # Most words are known to be no number: pass over them at once.
    for position in [place for place, word in enumerate(words) if known(word[2], True)]:
        if len(found) > MOST:
            break
        if position < behind or not table.starting(words[position][2]):
            continue
        entries = table.at(prose, words, position)
        if entries:
            behind = _read(prose, words, position, entries, table, found)
    return found


def _read(
    prose: str, words: Sequence[Word], position: int, entries: tuple[Entry, ...], table: Table,
    found: list[Spelled],
) -> int:  # fmt: skip
    """Add what begins at a position to `found`; the position behind it."""
    start = words[position].start
    entry = next((e for e in entries if e.kind in (NUMBER, TIMES)), None)
    for other in entries:
        if other.kind in (IMPLIED, ORDINAL, MONTH):
            end = words[position + len(other.rest)].end
            found.append(Spelled(other.value, start, end, other.kind))
    if entry is None:
        return position + 1
    value, behind = _compose(prose, words, position, entry, table)
    alone = entry.kind == TIMES and behind == position + len(entry.rest) + 1
    kind = TIMES if alone else NUMBER
    if words[behind - 1 : behind + 1][-1].folded in _SHARES and not alone:
        kind = IMPLIED  # two-thirds: 2/3 elsewhere is "ثلثين", a third in the dual
    found.append(Spelled(value, start, words[behind - 1].end, kind))
    return behind


def _compose(
    prose: str, words: Sequence[Word], position: int, entry: Entry, table: Table
) -> tuple[str, int]:
    """The value of the number words from a position, and the position behind them."""
    if "." in entry.value:
        return _half(prose, words, position, entry, table)
    if table.before:
        return _compose_before(prose, words, position, entry, table)
    total, current = (0, int(entry.value)) if entry.kind == NUMBER else (0, 0)
    if entry.kind == TIMES:
        total, current = _times(0, 1, int(entry.value))
    behind = position + len(entry.rest) + 1
    for _ in range(12):
        ahead, joined = behind, False
        if ahead >= len(words) or not adjacent(prose, words, ahead):
            break
        word = words[ahead].folded
        if word in table.joiners and ahead + 1 < len(words) and adjacent(prose, words, ahead + 1):
            ahead, joined = ahead + 1, True
        elif table.and_clitic and word[0] in "وו":
            joined = True
        following = next(
            (e for e in table.at(prose, words, ahead) if e.kind in (NUMBER, TIMES)), None
        )
        if following is None or "." in following.value:
            break
        value = int(following.value)
        if following.kind == TIMES and not joined:
            total, current = _times(total, current, value)
        elif following.kind == NUMBER and _addable(total, current, value, joined):
            current += value
        elif joined and following.kind == TIMES and value < _order(total):
            current += value  # ألف ومائة: a thousand and a hundred
        else:
            break
        behind = ahead + len(following.rest) + 1
    return str(total + current), behind


def _half(
    prose: str, words: Sequence[Word], position: int, entry: Entry, table: Table
) -> tuple[str, int]:
    """Two and a half, perhaps million."""
    behind = position + len(entry.rest) + 1
    if behind < len(words) and adjacent(prose, words, behind):
        for times in table.at(prose, words, behind):
            if times.kind == TIMES:
                value = from_decimal(Decimal(entry.value) * int(times.value))
                return value, behind + len(times.rest) + 1
    return entry.value, behind


def _compose_before(
    prose: str, words: Sequence[Word], position: int, entry: Entry, table: Table
) -> tuple[str, int]:
    """Swahili: "milioni mbili", two million; "elfu kumi na tano", fifteen thousand."""
    total, factor, group, behind = 0, 1, 0, position
    following: Entry | None = entry
    for _ in range(12):
        if following is None or "." in following.value:
            break
        value = int(following.value)
        if following.kind == TIMES:
            total, factor, group = total + factor * (group or factor > 1), value, 0
        else:
            group += value
        behind += len(following.rest) + 1
        ahead = behind
        if ahead + 1 < len(words) and words[ahead].folded in table.joiners:
            ahead += 1
        if ahead >= len(words) or not adjacent(prose, words, ahead):
            break
        entries = table.at(prose, words, ahead)
        following = next((e for e in entries if e.kind in (NUMBER, TIMES)), None)
        if following is not None and following.kind == NUMBER:
            if factor == 100 and ahead > behind:  # mia mbili na hamsini
                total, factor, group = total + factor * (group or 1), 1, 0
            elif group and float(following.value) >= _order(group):
                break
        if following is not None:
            behind = ahead
    return str(total + factor * (group or (1 if factor > 1 else 0))), behind


def _times(total: int, current: int, value: int) -> tuple[int, int]:
    """Multiply what was read so far: "two hundred" stays open, "two thousand" is put away."""
    if value < 1000:
        return total, (current or 1) * value
    if total and not current:
        return total * value, 0  # mil millones
    if current > value and current % value:  # مليونان ومئتا ألف
        return total + current - current % value + current % value * value, 0
    return total + (current or 1) * value, 0


def _addable(total: int, current: int, value: int, joined: bool) -> bool:
    """Whether a number may follow inside one number: twenty five, but not two five."""
    if value == 0:
        return False
    if current == 0:
        return total > 0 and value < _order(total)
    if value < 10 or current >= 100:
        return value < _order(current) and (current >= 20 or current == 10)
    return joined and current < 10 and value in _TENS  # خمسة وعشرون: five and twenty


# Behind a number these make a fraction.
_SHARES = frozenset({"thirds", "quarters", "fifths", "sixths", "sevenths", "eighths", "tenths"})
_TENS = frozenset(range(20, 100, 10))


def _order(number: int) -> int:
    """The lowest power of ten that a number fills: 10 for 20, 1000 for 5000, 1 for 25."""
    order = 1
    while number and number % (order * 10) == 0:
        order *= 10
    return order
