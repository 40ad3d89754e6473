"""The number words of a language by their first word, from its tables, CLDR and num2words.

num2words (https://github.com/savoirfairelinux/num2words) writes 21 to 99 and round hundreds and
thousands where a language has compounds: "fünfundzwanzig", "dua puluh lima".
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import NamedTuple

from medloc.checks.lexicon import Lexicon, Word, fold, split
from medloc.errors import MedlocError
from medloc.languages import month_names

NUMBER, TIMES, IMPLIED, ORDINAL, MONTH = range(5)


class Entry(NamedTuple):
    """A phrase behind its first word, what kind of number word it is, and its value."""

    rest: tuple[str, ...]
    kind: int
    value: str


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
        self.others = _OTHERS.get(lexicon.language, {})
        self.none = _NO_NUMBERS.get(lexicon.language, ())
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
        if word in self.none:
            return ()
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
        other = self.others.get(words[position].folded)
        if other and [word.folded for word in words[position + 1 : position + 2]] == [other]:
            return ()
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


def adjacent(prose: str, words: Sequence[Word], position: int) -> bool:
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
        if words[offset - 1].end != words[offset].start and not adjacent(prose, words, offset):
            return False
    return True


# Words that are no number before another word: tỷ lệ, a rate, is no billion.
_OTHERS = {"vi": {"tỷ": "lệ", "tỉ": "lệ"}}
# Words that look like a number with a letter written onto it: لست, you are not.
_NO_NUMBERS = {"ar": ("لست", "لستم", "لستن")}
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
