"""Letters of another script that look alike: `саlcium` with two Cyrillic letters finds nothing.

UTS #39, mixed-script detection: https://www.unicode.org/reports/tr39/#Mixed_Script_Detection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted
from medloc.checks.scripts import LETTERS, NAMES, script_of, scripts_of
from medloc.model import Severity, Span
from medloc.phrases import phrase, together

_L, _C, _G = (LETTERS[name] for name in ("Latn", "Cyrl", "Grek"))
_MIXED = re.compile(f"[{_L}](?=[{_C}{_G}])|[{_C}](?=[{_L}{_G}])|[{_G}](?=[{_L}{_C}])")
_RUN = re.compile(f"[{_L}{_C}{_G}][{_L}{_C}{_G}\u0300-\u036f]{{0,80}}")
# A set first, then its repetition: searches for a set are fast, for `[...]+` slow.
_LATIN = re.compile(f"[{_L}][{_L}]*")
_GREEK = re.compile(f"[{_G}]")
_STRANGE = re.compile(f"[{_C}{_G}]")
_JOINED = re.compile(r"[\w.-]")
_CYRILLIC = re.compile(f"[{_C}]")
_STYLE = "\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7cb"
_STYLED = re.compile(f"[{_STYLE}][{_STYLE}]{{0,80}}")
_LOOKALIKE = re.compile(r"[aceopy][aceopy]{0,7}(?![\w.)/-])")
# Greek letters of science at the edge of a Latin word: IFNγ, αβ, µg written with U+03BC.
_SCIENCE = frozenset("αβγδεζηθκλμπρστφχψωΓΔΘΛΠΣΦΨΩ")
_EAST_ASIAN = frozenset({"Hani", "Kana", "Hang"})


def homoglyphs(reading: Reading) -> Iterator[Issue]:
    """Words that mix Latin, Cyrillic and Greek letters; Latin letters posing as a Cyrillic word."""
    text = reading.target.text
    if text.isascii():
        return
    scripts = scripts_of(reading.target.locale)
    words = _mixed_words(reading) if _mixes(text) else []
    if words:
        kinds = sorted({NAMES[script_of(c)] for start, end in words for c in text[start:end]
                        if script_of(c)})  # fmt: skip
        yield Issue(
            phrase(
                "{words} mixes letters of different scripts ({scripts}) that "
                "look alike. Type the word again.",
                words=quoted(text, words),
                scripts=together(*kinds, between=", "),
            ),
            (),
            tuple(words),
        )
    styled = [] if scripts & _EAST_ASIAN else [m.span() for m in _STYLED.finditer(text)]
    styled = [span for span in styled if text[slice(*span)] not in reading.source.text]
    if styled:
        yield Issue(
            phrase(
                "{words} is written in full-width or mathematical letters. "
                "Type it in plain letters.",
                words=quoted(text, styled),
            ),
            (),
            tuple(styled),
        )
    if scripts == {"Cyrl"} and not words:
        yield from _posing(reading)


def _mixes(text: str) -> bool:
    """A quick look: one alphabet only, as nearly always, or two that do not touch."""
    if not _STRANGE.search(text):
        return False
    for latin in _LATIN.finditer(text):
        start, end = latin.span()
        if _STRANGE.match(text, end) or _STRANGE.match(text[start - 1 : start]):
            return True
    return bool(_GREEK.search(text)) and bool(_MIXED.search(text))


def _mixed_words(reading: Reading) -> list[Span]:
    """The words around the places where scripts meet, without what is good or in the source."""
    text = reading.target.text
    spans = []
    for run in _RUN.finditer(text):
        word = run[0]
        if not _MIXED.search(word) or word in reading.source.text:
            continue
        if not _scientific(word, reading.source.text):
            spans.append(run.span())
    return spans


def _scientific(word: str, source: str) -> bool:
    """Whether the only strangers are Greek letters of science at the edges of the word."""
    core = word.strip("".join(_SCIENCE))
    if _MIXED.search(core):
        return False
    greek = word.replace(core, "") if core else word
    capitals = len(core) < 3 or not core[1:].islower()
    return capitals or all(letter in source for letter in greek)


def _posing(reading: Reading) -> Iterator[Issue]:
    """A lower-case Latin word of lookalikes in Cyrillic text, such as `c` for `с`."""
    prose = reading.target.prose
    if not _LOOKALIKE.search(prose):
        return
    source = set(re.findall(r"\w{2,8}|\b[b-z]\b", reading.source.text))
    spans = [
        found.span()
        for found in _LOOKALIKE.finditer(prose)
        if found[0] not in source
        and not _JOINED.match(prose[found.start() - 1 : found.start()])
        and _CYRILLIC.search(prose, found.end(), found.end() + 3)
    ]
    if spans:
        yield Issue(
            phrase(
                "{words} is written in Latin letters that look Cyrillic.",
                words=quoted(reading.target.text, spans),
            ),
            (),
            tuple(spans),
            Severity.WARNING,
        )
