"""Whether a text holds a word in any of its forms: languages inflect, glossaries name one form.

`tos` is found in "la tos", `иммунная система` in "иммунной системы", `وباء` in "والأوبئة". The rule
is light: beginnings of words, the consonants of Semitic roots, whole strings where words are not
divided. It would rather take a relative for the word than miss the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from medloc.checks.lexicon import Lexicon, fold
from medloc.checks.reading import Side
from medloc.model import Span

Test = Callable[[str], bool]  # of a word of the text, folded

_WHOLE = frozenset({"zh", "ja", "th", "lo", "my", "km", "ko", "vi", "yue", "bo"})
_GERMANIC = frozenset({"de", "nl", "sv", "da", "nb", "nn", "no", "is", "lb", "af", "fy"})
_COMPOUNDS = _GERMANIC | {"fi", "et", "hu", "id", "ms", "jv", "su", "tl", "fil", "sw", "zu"}
_PREFIXED = frozenset({"sw", "zu", "xh", "rn", "rw", "lg", "sn", "ny"})  # noun classes
# Where endings are short: `tos` is no beginning of "tostado".
_SHORT_ENDINGS = _GERMANIC | (
    {"es", "fr", "it", "pt", "ca", "gl", "ro", "en", "el", "lt", "lv", "ru", "uk", "be", "bg", "mk"}
    | {"sr", "hr", "bs", "sl", "cs", "sk", "pl"}
)
_SEMITIC = frozenset({"ar", "he"})
# As `fold` writes them: one kaf, one yeh.
_ARABIC_CLITICS = re.compile("^(?:[وف]?(?:لل|[بکلس]?ال|[بکلس](?=.{3}))|[وف](?=.{3}))")
_ARABIC_ENDINGS = re.compile("(?:اتها|اتهم|ات|ون|ین|ان|تها|تهم|ها|هم|نا|یه|ه|ت|ی|ا)$")
_HEBREW_CLITICS = re.compile("^(?:ו?[הבלמשכ]{1,2}(?=.{3})|ו(?=.{3}))")
_HEBREW_ENDINGS = re.compile("(?:ותיהם|יהם|ים|ות|יים|ית|ה|ת|י|ו)$")
_CLASSES = re.compile("^(?:wa|ki|vi|ma|mi|m|u|n|ch|vy|ku|ji|i|zi)(?=.{4})")
_FLEETING = re.compile("([eеоёі])([лнкцрlnkcr])([ья]?)$")
_CLOSED = re.compile("і([бвгґджзйклмнпрстфхцчшщ]{1,2})ь?$")
_FINALS = str.maketrans("ךםןףץ", "כמנפצ")
_BREAKS = re.compile("[\\W_]+")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a glossary, ready to be looked for."""

    text: str
    whole: str = ""  # looked for as a string, where words are not divided
    tests: tuple[Test, ...] = ()  # one for each word, else

    def places(self, side: Side) -> list[Span]:
        """Where the form stands, in any inflection; a phrase counts where all its words do."""
        if self.whole:
            return _strings(self.whole, side)
        found: list[list[Span]] = []
        words = plain_words(side)
        for test in self.tests:
            spans = [span for word, span in words if test(word)]
            if not spans:
                return []
            found.append(spans)
        return min(found, key=len) if found else []


def form_of(text: str, lexicon: Lexicon) -> Form:
    """A form compiled for a language; `*` at a word's end stands for any ending."""
    language = lexicon.language
    if language in _WHOLE:
        return Form(text, whole=_squeezed(text.replace("*", "")))
    tests: list[Test] = []
    pieces = text.split()
    for piece in pieces:
        words = [plain(word.folded, language) for word in lexicon.words(piece.rstrip("*"))]
        for word in words:
            if len(word) < 4 and len(pieces) > 1 and not word.isupper():
                continue  # de, в, la
            tests.append(_starts(word) if piece.endswith("*") else _test(word, language))
    if not tests:
        return Form(text, whole=_squeezed(text.replace("*", "")))
    return Form(text, tests=tuple(tests))


def plain_words(side: Side) -> Sequence[tuple[str, Span]]:
    """The words of a text without accents, and where they stand."""
    kept: list[tuple[str, Span]] | None = vars(side).get("_plain_words")  # many forms ask
    if kept is None:
        language = side.lexicon.language
        kept = [(plain(word.folded, language), (word.start, word.end)) for word in side.words]
        vars(side)["_plain_words"] = kept
    return kept


@lru_cache(maxsize=1 << 16)
def plain(word: str, language: str) -> str:
    """A word as forms are compared: folded, Latin letters without accents."""
    word = fold(word)
    if word.isascii() or language == "vi":
        return word
    if max(word) >= "\u0370":
        return unicodedata.normalize("NFC", word).replace("ё", "е")
    return "".join(c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")


def _squeezed(text: str) -> str:
    return _BREAKS.sub("", text).lower() or text


def _strings(whole: str, side: Side) -> list[Span]:
    """Places of a string, whatever spaces stand inside it."""
    spans: list[Span] = []
    text, at, kept = side.prose.lower(), 0, []
    if len(text) == len(side.prose) and whole in text:
        while (at := text.find(whole, at)) >= 0:
            spans.append((at, at + len(whole)))
            at += len(whole)
        return spans
    kept = [(letter, index) for index, letter in enumerate(text) if letter.isalnum()]
    run = "".join(letter for letter, _ in kept)
    while (at := run.find(whole, at)) >= 0:
        spans.append((kept[at][1], kept[at + len(whole) - 1][1] + 1))
        at += len(whole)
    return spans


def _test(word: str, language: str) -> Test:
    """What accepts the forms of one word."""
    if language in _SEMITIC:
        return _rooted(word, language)
    stems = tuple(_stems(word))
    if language in _PREFIXED:
        stems += (_CLASSES.sub("", word),)
        return _contains(stems)
    if language in _COMPOUNDS and len(word) >= 5:
        return _contains(stems)
    longest = len(word) + 3 if len(word) < 5 and language in _SHORT_ENDINGS else 99
    return lambda other: other.startswith(stems) and len(other) <= longest


def _stems(word: str) -> Iterable[str]:
    """Beginnings that the forms of a word share.

    >>> list(_stems("infeccion")), list(_stems("кашель"))
    (['infecc'], ['кашел', 'кашл'])
    """
    length = len(word)
    cut = 0 if length < 4 else 1 if length < 7 else 2 if length < 9 else 3
    if cut == 0 and length == 3 and word[-1] in "aeiouаяуюеиоыьй":
        cut = 1
    yield word[: length - cut]
    fleeting = _FLEETING.search(word)
    if fleeting and length > 3:
        yield word[: fleeting.start()] + fleeting[2]
    closed = _CLOSED.search(word)  # Ukrainian біль, болю; ніч, ночі
    if closed:
        yield from (word[: closed.start()] + vowel + closed[1] for vowel in "оеє")


def _starts(stem: str) -> Test:
    return lambda other: other.startswith(stem)


def _contains(stems: Iterable[str]) -> Test:
    kept = tuple(stem for stem in stems if len(stem) > 3) or tuple(stems)
    return lambda other: any(stem in other for stem in kept)


def _rooted(word: str, language: str) -> Test:
    roots = _roots(word, language)
    return lambda other: not roots.isdisjoint(_roots(other, language))


@lru_cache(maxsize=1 << 15)
def _roots(word: str, language: str) -> frozenset[str]:
    """Consonants of a word with and without what may be written onto its front.

    >>> bool(_roots("وباء", "ar") & _roots("والاوبئه", "ar"))
    True
    """
    clitics, endings = (
        (_ARABIC_CLITICS, _ARABIC_ENDINGS)
        if language == "ar"
        else (_HEBREW_CLITICS, _HEBREW_ENDINGS)
    )
    roots = set()
    for bare in {word, clitics.sub("", word)}:
        for stem in {bare, endings.sub("", bare) if len(bare) > 4 else bare}:
            roots.add(_consonants(stem, language))
    return frozenset(root for root in roots if len(root) > 1) or frozenset({word})


def _consonants(stem: str, language: str) -> str:
    """The first letter and the consonants behind it; weak letters come and go."""
    if language == "he":
        return stem[:1] + re.sub("[וי]", "", stem[1:]).translate(_FINALS)
    stem = re.sub("[اءئؤ]", "", stem)
    return stem[:1] + re.sub("[ویه]", "", stem[1:])
