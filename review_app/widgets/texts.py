"""Texts of catalogs as HTML: escaped, with their language and direction, marked and compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from html import escape

from medloc.languages import locale_of_tag
from medloc.model import Language, Span
from review_app import office

Mark = tuple[int, int, str]

# Vowel signs, accents and joiners belong to their word, which \w alone tears apart (Devanagari,
# vowelled Arabic); Chinese and Japanese have no blanks and are compared sign by sign.
_SIGNS = "\u200c\u200d" + "".join(
    chr(code) for code in range(0x300, 0x1E950) if unicodedata.category(chr(code))[0] == "M"
)
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MANY = 1_200
_SENTENCE = re.compile(r"[^.!?。！？।؟۔\n]+[.!?。！？।؟۔\n\s]*|[.!?。！？।؟۔\n\s]+")
_PIECE = re.compile(rf"\s+|[{_HAN}]|(?:(?![{_HAN}])[\w{_SIGNS}])+|[^\w\s]")


def language_of(locale: str) -> Language:
    """The language of a locale, as the project's settings know it."""
    return office.desk().project.settings.language(locale_of_tag(locale))


def text_html(
    text: str,
    locale: str,
    marks: Sequence[Mark] = (),
    *,
    test_id: str = "",
    empty: str = "—",
    told: str = "",
) -> str:
    """A text in a block of its own language and direction; `told` names the texts that are decided
    on together (`pace.words_end`).

    >>> marked("5 <mg>", [(0, 6, "number")])
    '<mark class="m-number">5 &lt;mg&gt;</mark>'
    """
    language = language_of(locale)
    name = f' data-testid="{escape(test_id)}"' if test_id else ""
    name += f' data-told="{told}"' if told and text else ""
    body = marked(text, marks) if text else f'<span class="m-none">{escape(empty)}</span>'
    return (
        f'<div class="m-text" translate="no" lang="{escape(language.tag)}" '
        f'dir="{language.direction}"{name}>'
        f"{body}</div>"
    )


def marked(text: str, marks: Iterable[Mark]) -> str:
    """Escaped text with marks around its parts; overlapping marks: the first one stays."""
    pieces, done = [], 0
    for start, end, kind in sorted(marks):
        if start < done or end <= start:
            continue
        pieces.append(escape(text[done:start]))
        inner = escape(text[start:end])
        pieces.append(f'<mark class="m-{kind}">{inner}</mark>')
        done = end
    return "".join([*pieces, escape(text[done:])]).replace("\n", "<br>")


def with_findings(marks: Sequence[Mark], spans: Iterable[Span]) -> list[Mark]:
    """Marks, with the places of findings before all others."""
    found = [(start, end, "finding") for start, end in spans if end > start]
    free = [m for m in marks if all(m[1] <= s or m[0] >= e for s, e, _ in found)]
    return sorted([*free, *found])


def changes_html(old: str, new: str, locale: str) -> str:
    """What was taken out and put in between two texts: word by word, of long ones sentence by
    sentence, of very long ones as a whole (comparing takes the square of the pieces)."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) + len(after) > _MANY:
        before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if len(before) + len(after) > _MANY:
        before, after = [old], [new]
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = escape("".join(before[a:b])), escape("".join(after[c:d]))
        if what == "equal":
            pieces.append(come)
            continue
        pieces += [f"<del>{gone}</del>"] if gone else []
        pieces += [f"<ins>{come}</ins>"] if come else []
    language = language_of(locale)
    return (
        f'<div class="m-text m-small" translate="no" lang="{escape(language.tag)}" '
        f'dir="{language.direction}">'
        f"{''.join(pieces)}</div>"
    )
