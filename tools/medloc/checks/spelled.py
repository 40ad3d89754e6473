"""Numbers written in words, from the tables of a language and num2words.

num2words (https://github.com/savoirfairelinux/num2words) writes 21 to 99 and round hundreds and
thousands where a language has compounds ("fünfundzwanzig", "dua puluh lima"); everything else is
composed from the tables: "two hundred and five", "خمسة وعشرون", "три тысячи".
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from medloc.checks.digits import MOST, from_decimal
from medloc.checks.lexicon import Lexicon, Word, fold, split
from medloc.errors import MedlocError
from medloc.languages import month_names

NUMBER, TIMES, IMPLIED, ORDINAL, MONTH = range(5)


class Entry(NamedTuple):
    """A phrase behind its first word, what kind of number word it is, and its value."""

    rest: tuple[str, ...]
    kind: int
    value: str


class Spelled(NamedTuple):
    """A number in words: its value, its place, and whether the words are sure to mean it."""

    value: str
    start: int
    end: int
    kind: int


class Table:
    """The number words of a language by their first word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.exact: dict[str, list[Entry]] = {}
        self.stems: dict[str, list[Entry]] = {}
        self.clitics = lexicon.phrases.clitics
        self.before = lexicon.language == "sw"  # multipliers stand before what they multiply
        self.memo: dict[str, tuple[Entry, ...]] = {}
        self.and_clitic = any(clitic in ("و", "ו") for clitic in self.clitics)
        joiners = lexicon.data.get("joiners", ()) if lexicon.data else ()
        self.joiners = frozenset(fold(str(word)).lower() for word in joiners)
        self._fill(lexicon)
        self.lengths = sorted({len(stem) for stem in self.stems}, reverse=True)
        for entries in (*self.exact.values(), *self.stems.values()):
            entries.sort(key=lambda entry: (-len(entry.rest), entry.kind))

    def _fill(self, lexicon: Lexicon) -> None:
        if lexicon.segmented:
            for value, text in _generated(lexicon):
                with contextlib.suppress(MedlocError):
                    self._add(split(text, lexicon), NUMBER, value)
            for name, kind in (("numbers", NUMBER), ("multipliers", TIMES)):
                for value, phrases in lexicon.table(name).items():
                    for words in phrases:
                        self._add(words, kind, value)
        for name, kind in (("implied", IMPLIED), ("ordinals", ORDINAL), ("months", MONTH)):
            for value, phrases in lexicon.table(name).items():
                for words in phrases:
                    self._add(words, kind, value)
        for month, names in month_names(lexicon.locale).items():
            for text in names:
                if any(map(str.isdigit, text)):  # 3月
                    continue
                with contextlib.suppress(MedlocError):
                    self._add(split(text, lexicon), MONTH, str(month))

    def _add(self, words: tuple[str, ...], kind: int, value: str) -> None:
        first, *rest = words
        place = self.stems if first.endswith("*") else self.exact
        entries = place.setdefault(first.rstrip("*"), [])
        entry = Entry(tuple(rest), kind, value)
        if entry not in entries:
            entries.append(entry)

    def starting(self, word: str) -> tuple[Entry, ...]:
        """The entries whose first word a word may be."""
        found = self.memo.get(word)
        if found is None:
            if len(self.memo) > 50000:
                self.memo.clear()
            found = self.memo[word] = self._starting(word)
        return found

    def _starting(self, word: str) -> tuple[Entry, ...]:
        found = list(self.exact.get(word, ()))
        for length in self.lengths:
            if length <= len(word):
                found += self.stems.get(word[:length], ())
        if all(entry.rest for entry in found):
            for clitic in self.clitics:
                if word.startswith(clitic) and len(word) > len(clitic) + 1:
                    more = self.exact.get(word[len(clitic) :])
                    if more:
                        found += more
                        break
        found.sort(key=lambda entry: -len(entry.rest))
        return tuple(found)

    def at(self, prose: str, words: Sequence[Word], position: int) -> tuple[Entry, ...]:
        """The entries that fit a place, the longest first."""
        return tuple(
            entry
            for entry in self.starting(words[position].folded)
            if not entry.rest or _fits(prose, entry.rest, words, position + 1)
        )


def table_of(lexicon: Lexicon) -> Table:
    """The number words of a language, compiled once."""
    found = lexicon.cache.get("spelled")
    if not isinstance(found, Table):
        found = lexicon.cache["spelled"] = Table(lexicon)
    return found


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
        if ahead >= len(words) or not _adjacent(prose, words, ahead):
            break
        word = words[ahead].folded
        if word in table.joiners and ahead + 1 < len(words) and _adjacent(prose, words, ahead + 1):
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
    if behind < len(words) and _adjacent(prose, words, behind):
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
        if ahead >= len(words) or not _adjacent(prose, words, ahead):
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


def _adjacent(prose: str, words: Sequence[Word], position: int) -> bool:
    """Whether only a space or hyphen stands before a word."""
    gap = prose[words[position - 1].end : words[position].start]
    return len(gap) <= 2 and not gap.strip(" \xa0-‐‑־")


def _fits(prose: str, rest: tuple[str, ...], words: Sequence[Word], position: int) -> bool:
    if position + len(rest) > len(words):
        return False
    for offset, wanted in enumerate(rest, position):
        word = words[offset].folded
        if word != wanted and not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
            return False
        if words[offset - 1].end != words[offset].start and not _adjacent(prose, words, offset):
            return False
    return True


# Languages whose tables compose without help, and those that num2words does not write well.
_COMPOSED = frozenset({"en", "es", "ru", "uk", "pl", "ar", "he", "fa", "ja", "zh", "th", "am"})


def _generated(lexicon: Lexicon) -> list[tuple[str, str]]:
    """(value, text) from num2words."""
    if lexicon.language in _COMPOSED and "numbers" in lexicon.tables:
        return []
    try:
        from num2words import num2words

        low = 2 if "numbers" not in lexicon.tables else 21
        numbers = (*range(low, 100), *range(200, 1000, 100), *range(2000, 11000, 1000))
        return [(str(n), str(num2words(n, lang=lexicon.language))) for n in numbers]
    except Exception:  # NotImplementedError, and mistakes in single languages
        return []
