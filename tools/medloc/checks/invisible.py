"""Characters nobody sees: they break searches, screen readers and copied doses.

What a script needs is kept: ZWNJ and ZWJ in Arabic and Indic scripts (Unicode Standard, chapter 23,
https://www.unicode.org/versions/latest/core-spec/chapter-23/), U+200B between words of scripts
without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading
from medloc.checks.scripts import INDIC, JOINING, RIGHT_TO_LEFT, SPACELESS, script_of, scripts_of
from medloc.model import Severity, Span
from medloc.phrases import Phrase, phrase, together

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-"
    "\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffd\ue000-\uf8ff\U000e0000-\U000e007f]"
)
# Blank, and kept by browsers however many there are: what follows may be screens away.
_BLANK = re.compile("(?: *[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]){3,}|\u2800")
_STACKED = re.compile(r"[^\w\s!-~]{5,}")  # marks that stand on a letter are no letters
_NAMES = {
    "\u00ad": phrase("soft hyphen"),
    "\u200b": phrase("zero width space"),
    "\u200c": phrase("zero width non-joiner"),
    "\u200d": phrase("zero width joiner"),
    "\u200e": phrase("left-to-right mark"),
    "\u200f": phrase("right-to-left mark"),
    "\u061c": phrase("Arabic letter mark"),
    "\u2060": phrase("word joiner"),
    "\ufeff": phrase("byte order mark"),
    "\ufffd": phrase("replacement character: a letter was lost"),
}
_MARKS = "\u200e\u200f\u061c"
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")


def invisible(reading: Reading) -> Iterator[Issue]:
    """Invisible characters without a use where they stand, long gaps, and towers of marks."""
    text = reading.target.text
    if text.isascii() and text.isprintable():
        return
    gaps = [found.span() for found in _BLANK.finditer(text)]
    if gaps:
        yield Issue(phrase("The translation has a gap of blank characters. Delete it."), (),
                    tuple(gaps))  # fmt: skip
    towers = [found.span() for found in _STACKED.finditer(text) if _all_marks(found[0])]
    if towers:
        yield Issue(phrase("The translation piles up marks on one letter. Delete them."), (),
                    tuple(towers))  # fmt: skip
    if not _INVISIBLE.search(text):
        return
    scripts = scripts_of(reading.target.locale)
    by_severity: dict[Severity, list[Span]] = {}
    for found in _INVISIBLE.finditer(text):
        if found[0] in reading.source.text:
            continue
        severity = _judged(text, found.start(), scripts)
        if severity is not None:
            by_severity.setdefault(severity, []).append(found.span())
    for severity, spans in by_severity.items():
        yield Issue(
            phrase(
                "The translation holds an invisible {characters}. Delete it.",
                characters=_named(text, spans),
            ),
            (),
            tuple(spans),
            severity,
        )


def _all_marks(run: str) -> bool:
    """Whether five of these characters in a row stand on the letter before them."""
    kinds = "".join("m" if unicodedata.category(one) in ("Mn", "Me") else " " for one in run)
    return "mmmmm" in kinds


def _judged(text: str, at: int, scripts: frozenset[str]) -> Severity | None:
    """How wrong the character is at its place; None where it belongs."""
    one, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if one in _MARKS:
        return None if scripts & RIGHT_TO_LEFT or _has_right_to_left(text) else Severity.WARNING
    if one in "\u200c\u200d":
        return _joiner(one, before, after)
    if one == "\u200b" and scripts & SPACELESS and before.isalnum() and after.isalnum():
        return Severity.INFO if scripts & {"Hani", "Kana"} else None
    if one == "\u00ad" and before.isalpha() and after.isalpha():
        return Severity.ERROR if script_of(before) in JOINING | INDIC else Severity.WARNING
    if "\U000e0020" <= one <= "\U000e007f" and "\U0001f3f4" in text[max(0, at - 8) : at]:
        return None  # the flags of Scotland and Wales
    if "\ue000" <= one <= "\uf8ff":
        return Severity.WARNING
    return Severity.ERROR


def _joiner(one: str, before: str, after: str) -> Severity | None:
    """Joiners belong between letters of joining scripts; at a word's edge they do no harm."""
    if before == one or after == one:
        return Severity.WARNING
    scripts = {_script(before), _script(after)}
    if scripts & (JOINING | INDIC):
        inside = "" not in scripts or one == "\u200d"
        return None if inside else Severity.INFO
    if one == "\u200d" and _EMOJI.match(before):
        return None
    return Severity.ERROR


def _script(letter: str) -> str:
    """The script of a letter or of a mark on it."""
    if not letter:
        return ""
    if "\u0900" <= letter <= "\u109f" or "\u1780" <= letter <= "\u17ff":
        return "Deva"  # any Indic script: viramas and vowel signs count too
    if "\u0610" <= letter <= "\u061a" or "\u064b" <= letter <= "\u065f":
        return "Arab"
    return script_of(letter)


def _has_right_to_left(text: str) -> bool:
    return bool(_RIGHT_TO_LEFT.search(text))


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")


def _named(text: str, spans: list[Span]) -> Phrase:
    kinds = dict.fromkeys(text[start:end] for start, end in spans)
    return together(*(_name(one) for one in kinds), between=", ")


def _name(one: str) -> str:
    code = f"{ord(one):04X}"
    known = _NAMES.get(one)
    return phrase("U+{code} ({name})", code=code, name=known) if known else f"U+{code}"
