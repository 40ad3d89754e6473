"""The interface's own texts, in the language of whoever looks at them: domain `app`.

Catalogs are ordinary PO files beside this module, read once; what they lack is shown in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from medloc.catalogs import read_catalog
from review_app.session import state

LOCALES = Path(__file__).with_name("locales")
SOURCE = "en"
_ISOLATE, _POP = "\u2068", "\u2069"
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
    if locale in RIGHT_TO_LEFT:  # days, times, names and paths keep their own order
        values = {k: f"{_ISOLATE}{v}{_POP}" if isinstance(v, str) else v for k, v in values.items()}
    return found.format(**values)


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
)
