"""Words in a script that neither the language nor the source sentence has: left over from pasting
or from a machine. Scripts: https://www.unicode.org/reports/tr24/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from medloc.checks.reading import Issue, Reading, quoted
from medloc.checks.scripts import LETTERS, NAMES, script_of, scripts_of
from medloc.model import Severity, Span
from medloc.phrases import phrase

_SHOWN = 40  # places of one text that are looked at
_LATIN = LETTERS["Latn"]
_LATIN_WORD = re.compile(f"[{_LATIN}][{_LATIN}]{{1,60}}")
_BRACKETS = "([{（「『《〈“\"'«‘/【［"


def foreign_script(reading: Reading) -> Iterator[Issue]:
    """Words of a foreign script; in languages of other scripts, stray words in Latin letters."""
    text = reading.target.text
    scripts = scripts_of(reading.target.locale)
    if "Latn" in scripts and text.isascii():
        return
    spans = [found.span() for found in islice(_foreign(scripts).finditer(text), _SHOWN)]
    spans = [span for span in spans if not _allowed(reading, span)] if spans else spans
    if spans:
        script = NAMES[script_of(text[spans[0][0]])]
        yield Issue(
            phrase(
                "{words} is written in {script} letters, which neither this language "
                "nor the source sentence uses.",
                words=quoted(text, spans),
                script=script,
            ),
            (),
            tuple(spans),
        )
    if "Latn" not in scripts:
        yield from _stray_latin(reading)


@lru_cache(maxsize=64)
def _foreign(scripts: frozenset[str]) -> re.Pattern[str]:
    """Runs of letters of all scripts but some, Latin always being one of the some."""
    letters = "".join(LETTERS[name] for name in LETTERS if name not in scripts | {"Latn"})
    marks = "\u0300-\u036f\u064b-\u065f\u093a-\u094f\u09bc-\u09d7"
    return re.compile(f"[{letters}][{letters}{marks}]{{0,60}}")


def _allowed(reading: Reading, span: Span) -> bool:
    text, (start, end) = reading.target.text, span
    word, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    script = script_of(word)
    if script == "Grek" and (len(word) < 3 or not word.islower()):
        return len(word) < 3  # α, µ, γδ
    if script_of(before) == "Latn" or script_of(after) == "Latn":
        return script in {"Grek", "Cyrl"}  # a word of two scripts: homoglyphs says so
    if before and before in _BRACKETS:
        return True
    letters = f"[{LETTERS[script]}]"
    if re.search(letters, reading.source.text):
        return True
    mine = len(re.findall(letters, text))
    return mine * 4 > 3 * sum(map(str.isalpha, text))  # wrong-language says so


def _stray_latin(reading: Reading) -> Iterator[Issue]:
    """Latin words in a text of another script: not of the source, no acronym, no quotation."""
    prose = reading.target.prose
    words = list(_LATIN_WORD.finditer(prose))
    if not words or len(words) > 200:
        return
    source = reading.source.text.lower()
    spans = []
    for index, word in enumerate(words):
        start, end = word.span()
        if len(word[0]) < 4 or not word[0][1:].islower():
            continue
        named = len(word[0]) < 5 or not word[0].islower() or prose[end : end + 2] == " ("
        if named and word[0].lower() in source:
            continue  # a name, or a tool whose address follows; not a word left over
        near = (index > 0 and start - words[index - 1].end() < 3) or (
            index + 1 < len(words) and words[index + 1].start() - end < 3
        )
        glued = prose[start - 1 : start].isdigit() or prose[end : end + 1].isdigit()
        marks = prose[max(0, start - 2) : start] + prose[end : end + 1]
        if near or glued or any(mark in _BRACKETS + "-.@_&+)" for mark in marks):
            continue
        spans.append((start, end))
    if spans:
        yield Issue(
            phrase(
                "{words} stands in Latin letters in a text of another "
                "script. Translate it, or write it as the source does.",
                words=quoted(reading.target.text, spans),
            ),
            (),
            tuple(spans),
            Severity.WARNING,
        )
