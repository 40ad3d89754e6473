"""What the words of a language mean to the checks, compiled from `data/<language>.yaml`.

The file's format is described in `data/README.md`. A language without a file still reads: its
numbers, units and months come from CLDR, and `Lexicon.tables` says that nothing else is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from medloc.errors import MedlocError
from medloc.yaml_text import YamlMapping, read_mapping


class Word(NamedTuple):
    """A word of a text: where it stands, and as it is compared (`fold`)."""

    start: int
    end: int
    folded: str


Meaning = tuple[str, str]  # category and key, such as ("side", "left")


class _Phrase(NamedTuple):
    rest: tuple[tuple[str, bool], ...]  # the words behind the first; True: any ending
    meanings: tuple[Meaning, ...]


class _Beginning(NamedTuple):
    phrases: tuple[_Phrase, ...]
    seconds: frozenset[str] | None  # the words of which one must follow; None: any may


@dataclass(slots=True)
class Phrases:
    """Phrases by their first word: the longest that fits a place wins.

    `*` at the end of a word stands for any ending. Before a lookup, letters that a language writes
    onto the front of a word (`clitics`) are also tried away. Words further apart than `gap`
    characters make no phrase: "setiap 8 jam" (every 8 hours) is not "setiap jam" (every hour).
    """

    clitics: tuple[str, ...] = ()
    gap: int = 2
    exact: dict[str, list[_Phrase]] = field(default_factory=dict)
    stems: dict[str, list[_Phrase]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    _seen: dict[str, _Beginning] = field(default_factory=dict)

    def add(self, words: Sequence[str], meanings: Iterable[Meaning]) -> None:
        """Add a phrase, given as folded words."""
        self._seen.clear()
        first, *rest = words
        ends = tuple((word.rstrip("*"), word.endswith("*")) for word in rest)
        table, key = (self.stems, first[:-1]) if first.endswith("*") else (self.exact, first)
        phrases = table.setdefault(key, [])
        for index, old in enumerate(phrases):
            if old.rest == ends:  # one phrase may mean several things
                more = tuple(dict.fromkeys((*old.meanings, *meanings)))
                phrases[index] = _Phrase(ends, more)
                return
        phrases.append(_Phrase(ends, tuple(meanings)))
        phrases.sort(key=_preference)
        self.lengths = tuple(sorted({len(stem) for stem in self.stems}, reverse=True))

    def at(self, words: Sequence[Word], position: int) -> tuple[int, tuple[Meaning, ...]] | None:
        """The longest phrase that begins at a position: how many words, and its meanings."""
        phrases, seconds = self.beginning(words[position].folded)
        if not phrases:
            return None
        following = words[position + 1].folded if position + 1 < len(words) else ""
        if seconds is not None and following not in seconds:
            return None  # most words end here
        for phrase in phrases:
            if phrase.rest:
                second, any_ending = phrase.rest[0]
                if following != second and not (any_ending and following.startswith(second)):
                    continue
                if not _fits(phrase, words, position, self.gap):
                    continue
            return len(phrase.rest) + 1, phrase.meanings
        return None

    def beginning(self, word: str) -> _Beginning:
        """The phrases that may begin with a word, in order of preference. Words come back again
        and again, so each is looked up once."""
        kept = self._seen.get(word)
        if kept is not None:
            return kept
        found = self._beginning(word)
        for clitic in self.clitics:
            if word.startswith(clitic) and len(word) > len(clitic) + 1:
                found += self._beginning(word[len(clitic) :])
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        open_ended = any(not phrase.rest or phrase.rest[0][1] for phrase in found)
        seconds = None if open_ended else frozenset(phrase.rest[0][0] for phrase in found)
        self._seen[word] = made = _Beginning(tuple(found), seconds)
        return made

    def _beginning(self, word: str) -> list[_Phrase]:
        found = list(self.exact.get(word, ()))
        for length in self.lengths:
            if length <= len(word):
                found += self.stems.get(word[:length], ())
        return sorted(found, key=lambda phrase: -len(phrase.rest))  # stable: exact before stems


def _preference(phrase: _Phrase) -> tuple[int, int]:
    """Longer phrases first; of equally long ones those with whole words."""
    return -len(phrase.rest), sum(any_ending for _, any_ending in phrase.rest)


def _fits(phrase: _Phrase, words: Sequence[Word], position: int, gap: int) -> bool:
    if position + len(phrase.rest) >= len(words):
        return False
    end = words[position].end
    for offset, (wanted, any_ending) in enumerate(phrase.rest, position + 1):
        start, next_end, word = words[offset]
        if start - end > gap or (word != wanted and not (any_ending and word.startswith(wanted))):
            return False
        end = next_end
    return True


@dataclass(slots=True)
class Lexicon:
    """All that the checks know of a language.

    `tables` names the tables that its file fills ("negation", "side", ...): a check that needs one
    stays silent where it is missing. `values` are spelled-out numbers, `implied` words that may
    stand for a number ("both"), `multipliers` words that multiply the digits before them.
    """

    locale: str
    language: str
    tables: frozenset[str] = frozenset()
    segmented: bool = True
    units_first: bool = False  # "siku 3": three days
    phrases: Phrases = field(default_factory=Phrases)
    patterns: tuple[tuple[re.Pattern[str], Meaning], ...] = ()
    data: YamlMapping | None = None
    cache: dict[str, object] = field(default_factory=dict)  # what rooms compile for themselves
    _folded: dict[str, str] = field(default_factory=dict)
    _formed: dict[str, tuple[Meaning, ...]] = field(default_factory=dict)
    _idle: set[str] = field(default_factory=set)  # words that begin no phrase and have no form

    def words(self, prose: str) -> tuple[Word, ...]:
        """The words of a text."""
        if not self.segmented:
            tokens = _UNSPACED
        else:
            tokens = _ELIDED if self.language in _ELIDING else _SPACED
        found, find, folded, end = [], prose.find, self._folded, 0
        for word in tokens.findall(prose):  # with `find` faster than a match for each
            start = find(word, end)
            end = start + len(word)
            found.append(_word(Word, (start, end, folded.get(word) or self._fold(word))))
        return tuple(found)

    def _fold(self, word: str) -> str:
        if len(self._folded) > _REMEMBERED:
            self._folded.clear()
        folded = fold(word) if self.language in _FOLDING else word.lower()
        self._folded[word] = folded
        return folded

    def signals(self, words: Sequence[Word]) -> Iterator[tuple[str, str, int, int]]:
        """(category, key, start, end) of every phrase, the longest first at each place."""
        behind, idle = 0, self._idle
        # Most words are known to begin nothing: pass over them at once.
        for position in [place for place, word in enumerate(words) if word[2] not in idle]:
            if position < behind:
                continue
            found = self.phrases.at(words, position)
            if found is None:
                yield from self._patterned(words[position])
                continue
            length, meanings = found
            behind = position + length
            start, end = words[position].start, words[behind - 1].end
            for category, key in meanings:
                if category != HIDE:
                    yield category, key, start, end

    def _patterned(self, word: Word) -> Iterator[tuple[str, str, int, int]]:
        """The signals of a word by its form: "kullanmayın" holds its own "not"."""
        meanings = self._formed.get(word.folded)
        if meanings is None:
            if len(self._formed) > _REMEMBERED:
                self._formed.clear()
                self._idle.clear()
            short = len(word.folded) <= _LONGEST
            meanings = tuple(m for p, m in self.patterns if short and p.fullmatch(word.folded))
            self._formed[word.folded] = meanings
            if not meanings and not self.phrases.beginning(word.folded).phrases:
                self._idle.add(word.folded)
        for category, key in meanings:
            yield category, key, word.start, word.end

    def table(self, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        """A table of the file: key -> phrases, each as folded words. Empty where there is none."""
        found = self.data.get(name) if self.data else None
        return {} if not isinstance(found, YamlMapping) else _phrases_of(found, self)


_word = tuple.__new__  # a NamedTuple's own constructor takes twice as long
HIDE = "hide"  # phrases that keep the words inside them from being read
_REMEMBERED = 100_000  # words looked up
_LONGEST = 40  # letters of a word that patterns are tried on
_FOLDING = frozenset(
    {
        "ar",
        "fa",
        "ur",
        "ps",
        "ckb",
        "sd",
        "ug",
        "he",
        "yi",
        "en",
        "uk",
        "bn",
        "as",
        "hi",
        "mr",
        "ne",
    }
)
_ELIDING = frozenset({"fr", "it", "ca", "oc", "co"})  # l'eau, n'est, dell'acqua: two words
_UNSEGMENTED = frozenset({"zh", "ja", "th", "lo", "my", "km", "yue", "bo"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=_|$)")
# What divides words: spaces, marks and symbols, but no vowel sign, joiner (U+200C, U+200D),
# apostrophe inside a word, or hyphen. Digits divide too, except inside a name (COVID-19).
_LETTER = r"[^\W\d_\u02bc\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
_MARK = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962"
    "\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd"
    "\u0b01-\u0b03\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d\u0c81-\u0c83"
    "\u0cbc-\u0ccd\u0d00-\u0d03\u0d3b-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1037-\u103e\u17b4"
    "-\u17d3\u200c\u200d"
)
# Letters, then marks and letters in turn: three times as fast as a run of one or the other.
_RUN = rf"{_LETTER}++(?:[{_MARK}]++{_LETTER}*+)*+"
_WORD = rf"{_RUN}(?:['’‘ʼ](?:{_LETTER}|[{_MARK}])++)*+"
_ELIDED = re.compile(_RUN)
_SPACED = re.compile(rf"(?:{_WORD}|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])")
_UNSPACED = re.compile(
    rf"(?:[A-Za-zÀ-ɏΑ-ωА-я]+|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff々]|{_LETTER}[{_MARK}]*)"
)
_DROPPED = dict.fromkeys(
    [*range(0x0591, 0x05C8), *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640, 0x200C,
     0x200D]
)  # fmt: skip
_FOLDED = _DROPPED | {
    ord(old): new for old, new in zip("أإآٱىيكةۀ’‘ʼ", "ااااییکهه'''", strict=True)
}
# Indic letters with a dot come as one code point or as two, which is also their NFC.
_FOLDED |= {code: unicodedata.normalize("NFC", chr(code))
            for code in (*range(0x0958, 0x0960), 0x09DC, 0x09DD, 0x09DF)}  # fmt: skip


def fold(word: str) -> str:
    """A word as it is compared: lower case, plain apostrophes; in Arabic and Hebrew script without
    vowel marks, stretching and joiners, and with one letter for the variants of alef, yeh, kaf;
    in Indic scripts without joiners, and with dotted letters as two code points.

    >>> fold("Fever"), fold("أَدوية") == fold("ادويه")
    ('fever', True)
    """
    return word.translate(_FOLDED).lower()


@lru_cache(maxsize=64)
def lexicon(locale: str) -> Lexicon:
    """The lexicon of a locale's language; reads `data/<language>.yaml` once."""
    found = _LANGUAGE.match(locale)
    language = found[0] if found else "und"  # never a path
    made = Lexicon(locale, language, segmented=language not in _UNSEGMENTED)
    file = resources.files("medloc.checks") / "data" / f"{language}.yaml"
    if not file.is_file():
        return made
    name = f"checks/data/{language}.yaml"
    data = read_mapping(file.read_text("utf-8"), path=name, error=LexiconError)
    made.data = data
    made.tables = frozenset(data) | frozenset(_mapping(data, "signals"))
    clitics = data.get("clitics", ())
    made.units_first = "units_first" in data
    made.phrases.gap = 2 if made.segmented else 0
    made.phrases.clitics = tuple(sorted((fold(str(c)) for c in clitics), key=len, reverse=True))
    for category, keys in _mapping(data, "signals").items():
        assert isinstance(keys, YamlMapping), f"{name}: {category}"
        for key, phrases in _phrases_of(keys, made).items():
            for words in phrases:
                made.phrases.add(words, [(category, key)])
    for category, keys in _mapping(data, "patterns").items():
        assert isinstance(keys, YamlMapping), f"{name}: {category}"
        made.patterns += tuple(_compiled(category, keys))
    return made


class LexiconError(MedlocError):
    """A data file of the checks cannot be read."""


def _compiled(category: str, keys: YamlMapping) -> Iterator[tuple[re.Pattern[str], Meaning]]:
    for key, patterns in keys.items():
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        yield re.compile(joined), (category, str(key))


def _mapping(data: YamlMapping, name: str) -> Mapping[str, object]:
    found = data.get(name)
    return found if isinstance(found, YamlMapping) else {}


def _phrases_of(table: YamlMapping, language: Lexicon) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        str(key): tuple(split(str(phrase), language) for phrase in phrases)
        for key, phrases in table.items()
    }


def split(phrase: str, language: Lexicon) -> tuple[str, ...]:
    """A phrase of a data file as folded words; `*` stays at the end of a word."""
    text = unicodedata.normalize("NFC", phrase)
    words = []
    for word in language.words(text):
        words.append(word.folded + ("*" if text[word.end : word.end + 1] == "*" else ""))
    if not words:
        raise LexiconError(f"`{phrase}` holds no word", advice="Write letters.")
    return tuple(words)
