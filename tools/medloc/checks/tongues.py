"""What tells languages apart in one sentence: scripts, the commonest words, typical letters.

Offline detectors were weighed: lingua-language-detector is a wheel of 170 MB, simplemma of 19 MB,
py3langid needs NumPy. The question here is easier than theirs, for the language
that a text should have is known: a few hundred common words and letters answer it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from medloc.checks.lexicon import Word, fold
from medloc.yaml_text import YamlMapping, read_mapping

# Where the letters of a script begin; a script's letters run to the next row.
_BLOCKS = (
    (0x00, "Latn"), (0x370, "Grek"), (0x400, "Cyrl"), (0x530, "Armn"), (0x590, "Hebr"),
    (0x600, "Arab"), (0x700, ""), (0x750, "Arab"), (0x780, ""), (0x8A0, "Arab"), (0x900, "Deva"),
    (0x980, "Beng"), (0xA00, "Guru"), (0xA80, "Gujr"), (0xB00, "Orya"), (0xB80, "Taml"),
    (0xC00, "Telu"), (0xC80, "Knda"), (0xD00, "Mlym"), (0xD80, "Sinh"), (0xE00, "Thai"),
    (0xE80, "Laoo"), (0xF00, ""), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Kore"),
    (0x1200, "Ethi"), (0x13A0, ""), (0x1780, "Khmr"), (0x1800, ""), (0x1C90, "Geor"),
    (0x1CC0, ""), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""), (0x3005, "Hani"),
    (0x3006, ""), (0x3040, "Kana"), (0x3100, ""), (0x3130, "Kore"), (0x3190, ""),
    (0x3400, "Hani"), (0xA000, ""), (0xAC00, "Kore"), (0xD7B0, ""), (0xF900, "Hani"),
    (0xFB00, ""), (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"), (0xFEFF, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
_WRITTEN = {"Hans": ("Hani",), "Jpan": ("Kana", "Hani")}
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@lru_cache(maxsize=8192)
def script_of(letter: str) -> str:
    """The script of a letter, by its block; "" for what belongs to none.

    >>> script_of("a"), script_of("я"), script_of("か"), script_of("中")
    ('Latn', 'Cyrl', 'Kana', 'Hani')
    """
    code = ord(letter)
    return "Hani" if code >= 0x20000 else _BLOCKS[bisect_right(_STARTS, code) - 1][1]


@dataclass(frozen=True)
class Tongues:
    """The table `data/all/languages.yaml`: which languages a word or a letter belongs to."""

    names: tuple[str, ...]
    words: Mapping[str, int]  # folded word -> bits of the languages that have it
    endings: Mapping[str, int]  # three or four letters
    letters: Mapping[str, int]
    alphabets: int  # bits of the languages whose letters are listed
    scripts: Mapping[str, str]
    hanging: Mapping[str, frozenset[str]]  # language -> words that end no sentence

    def bit(self, locale: str) -> int:
        """The bit of a locale's language; 0 when its words are not listed."""
        found = _LANGUAGE.match(locale)
        name = found[0] if found else locale
        name = {"nb": "no", "nn": "no", "fil": "tl", "bs": "hr", "prs": "fa"}.get(name, name)
        return 1 << self.names.index(name) if name in self.names else 0

    def written(self, locale: str) -> tuple[str, ...]:
        """The scripts in which a locale's language is written."""
        for part in locale.replace("-", "_").split("_")[1:]:
            if part in ("Latn", "Cyrl", "Arab", "Deva", "Beng"):
                return (part,)
        found = _LANGUAGE.match(locale)
        script = self.scripts.get(found[0] if found else locale, "Latn")
        return _WRITTEN.get(script, (script,))

    def said_by(self, bit: int) -> str:
        """The language of a bit."""
        return self.names[bit.bit_length() - 1]


@lru_cache(maxsize=1)
def tongues() -> Tongues:
    """The table, read once."""
    file = resources.files("medloc.checks") / "data" / "all" / "languages.yaml"
    data = read_mapping(file.read_text("utf-8"), path="checks/data/all/languages.yaml")
    listed, endings, letters, scripts = (
        _table(data, key) for key in ("words", "endings", "letters", "scripts")
    )
    names = tuple(listed)
    words: dict[str, int] = {}
    ends: dict[str, int] = {}
    alphabet: dict[str, int] = {}
    alphabets = 0
    for number, name in enumerate(names):
        for word in listed[name].split():
            words[fold(word)] = words.get(fold(word), 0) | 1 << number
        for ending in endings.get(name, "").split():
            ends[ending] = ends.get(ending, 0) | 1 << number
        for letter in letters.get(name, ""):
            alphabet[letter] = alphabet.get(letter, 0) | 1 << number
        alphabets |= (1 << number) if name in letters else 0
    by_language = {one: script for script, ones in scripts.items() for one in ones.split()}
    hanging = {
        name: frozenset(map(fold, line.split())) for name, line in _table(data, "hanging").items()
    }
    return Tongues(names, words, ends, alphabet, alphabets, by_language, hanging)


def _table(data: YamlMapping, key: str) -> dict[str, str]:
    found = data.get(key)
    return {name: str(line) for name, line in found.items()} if isinstance(found, dict) else {}


def script_counts(words: Iterable[Word]) -> Counter[str]:
    """How many words begin in each script."""
    return Counter(map(script_of, [word[2][0] for word in words]))


def neighbour(words: Sequence[Word], text: str, own: int) -> tuple[str, int, int] | None:
    """The other language that a text rather seems to be: (language, words for it, words against).

    `own` is the bit of the language that it should be. Words that both languages have say nothing;
    a letter that one of them does not write counts like a word.
    """
    known = tongues()
    mine: list[int] = []
    theirs: list[int] = []
    for start, end, folded in words:
        said = _said_in(folded)
        if said and not (end - start == 1 and _beside_digit(text, start, end)):
            (mine if said & own else theirs).append(said)
    if (theirs or len(mine) < 2) and known.alphabets & own and not text.isascii():
        small = text.lower()
        for letter in set(small):
            bits = known.letters.get(letter)
            if bits is not None:
                times = min(small.count(letter), 3)
                (mine if bits & own else theirs).extend([bits] * times)
    if len(theirs) < 2:
        return None
    bits_of: Counter[int] = Counter(theirs)
    against: Counter[int] = Counter(mine)
    best = None
    for bit in _bits(bits_of):
        other = sum(times for bits, times in bits_of.items() if bits & bit)
        same = sum(times for bits, times in against.items() if not bits & bit)
        if best is None or other - same > best[1] - best[2]:
            best = (known.said_by(bit), other, same)
    return best


def _beside_digit(text: str, start: int, end: int) -> bool:
    """Whether a letter belongs to a name with digits: the H and the N of H1N1 are no words."""
    return text[end : end + 1].isdigit() or text[start - 1 : start].isdigit()


@lru_cache(maxsize=1 << 15)
def _said_in(word: str) -> int:
    """The bits of the languages that a word, or its ending, belongs to; 0 where none is known."""
    known = tongues()
    bits = known.words.get(word)
    if bits is None and len(word) > 2:
        if word[1] in "'’":  # l'eau, d'urgence
            bits = known.words.get(word[0])
        elif len(word) > 5:
            bits = known.endings.get(word[-4:]) or known.endings.get(word[-3:])
    return bits or 0


def _bits(found: Iterable[int]) -> list[int]:
    union = 0
    for bits in found:
        union |= bits
    return [1 << place for place in range(union.bit_length()) if union >> place & 1]


@lru_cache(maxsize=8192)
def chinese(letter: str) -> str:
    """ "Hans" or "Hant" for a character of only one of the two, by the national character sets
    (GB 2312 has the simplified forms, Big5 the traditional ones); "" for a common one."""
    simplified, traditional = _has(letter, "gb2312"), _has(letter, "big5")
    if simplified == traditional:
        return ""
    return "Hans" if simplified else "Hant"


def _has(letter: str, codec: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeError:
        return False
    return True
