"""The interface's own texts, in the language of whoever looks at them: domain `app`.

Catalogs are ordinary PO files beside this module, read once; what they lack is shown in English.
What the engine says comes as phrases, and is looked up by their templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from medloc.catalogs import read_catalog
from medloc.phrases import Phrase
from review_app.session import state

LOCALES = Path(__file__).with_name("locales")
SOURCE = "en"
_ISOLATE, _POP, _RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"
_WEIGHT = re.compile(r"q=([01](?:\.[0-9]{0,3})?)", re.ASCII)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
OWN_NAMES = {"en": "English", "es": "español", "ar": "العربية"}


def tr(text: str, /, **values: object) -> str:
    """An English text of the interface in the viewer's language; `{name}` stands for a value."""
    return translated(text, language(), **values)


def translated(text: str, locale: str, /, **values: object) -> str:
    """An English text in a language; needs no session, for pages outside of Streamlit."""
    found = _catalog(locale).get(text) or text
    if not values:
        return found
    # Days, times, names and paths keep their own order; what is translated has the right one.
    isolated = locale in RIGHT_TO_LEFT
    said = {
        name: _phrased(value, locale)
        if isinstance(value, Phrase)
        else f"{_ISOLATE}{value}{_POP}"
        if isolated and isinstance(value, str)
        else value
        for name, value in values.items()
    }
    return found.format(**said)


def shown(text: str, /) -> str:
    """What the engine says, in the viewer's language; other texts as they are."""
    return shown_in(text, language())


def shown_in(text: str, locale: str, /) -> str:
    """What the engine says, in a language; other texts as they are.

    >>> from medloc.phrases import phrase
    >>> shown_in(phrase("The source says {said}; the translation says {now}.", said=1, now=2), "en")
    'The source says 1; the translation says 2.'
    """
    if not isinstance(text, Phrase):
        return text
    # A name in front, though isolated, would turn a line whose direction follows its first letter.
    return (_RIGHT_TO_LEFT_MARK if locale in RIGHT_TO_LEFT else "") + _phrased(text, locale)


def _phrased(text: Phrase, locale: str) -> str:
    template = text.template
    if template not in _catalog(locale) and locale in RIGHT_TO_LEFT:
        template = template.replace("}, {", "}، {").replace("}; {", "}؛ {")  # several in a row
    return translated(template, locale, **text.values)


def direction(locale: str) -> str:
    """How a language of the interface runs, as HTML's `dir` says it."""
    return "rtl" if locale in RIGHT_TO_LEFT else "ltr"


def accepted(header: str) -> str:
    """The language of the interface that an `Accept-Language` header likes best, else English.

    >>> accepted("de, es-MX;q=0.8, en;q=0.7"), accepted("ar;q=0, *")
    ('es', 'en')
    """
    wishes = []
    for place, part in enumerate(header.split(",")):
        tag, _, weight = part.partition(";")
        name = tag.strip().lower().split("-")[0]
        found = _WEIGHT.fullmatch(weight.strip() or "q=1")
        if name in languages() and found and float(found[1]) > 0:
            wishes.append((-float(found[1]), place, name))
    return min(wishes)[2] if wishes else SOURCE


def language() -> str:
    """What the viewer chose, else what their browser asks for, else English."""
    chosen = state().language
    if chosen in languages():
        return chosen
    asked = (st.context.locale or SOURCE).replace("-", "_")
    for name in (asked, asked.split("_")[0]):
        if name in languages():
            return name
    return SOURCE


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that the interface speaks, English first."""
    found = sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/app.po"))
    return (SOURCE, *(name for name in found if name != SOURCE))


@lru_cache(maxsize=16)
def _catalog(locale: str) -> Mapping[str, str]:
    path = LOCALES / locale / "LC_MESSAGES" / "app.po"
    if locale == SOURCE or not path.is_file():
        return {}
    catalog = read_catalog(path, name=f"review_app/locales/{locale}/app.po")
    return {entry.msgid: entry.msgstr for entry in catalog.entries if not entry.fuzzy}


def later(text: str) -> str:
    """Mark an English text of a table for the catalogs; `tr` translates it where it is shown."""
    return text


# Names that the engine gives as values.
NAMES = (
    *(later("missing"), later("stale"), later("waiting"), later("changes requested")),
    *(later("half approved"), later("approved"), later("recalled")),
    *(later("source"), later("propose"), later("approve"), later("withdraw")),
    *(later("request changes"), later("comment"), later("waive"), later("carry forward")),
    *(later("recall"), later("restore"), later("reconfirm"), later("publish")),
    *(later("wrong"), later("unsafe"), later("style")),
    *(later("title"), later("description"), later("heading"), later("paragraph")),
    *(later("item"), later("cell"), later("definition"), later("term")),
)
