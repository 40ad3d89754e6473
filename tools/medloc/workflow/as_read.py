"""Texts as a reader sees them: how words on a page are found again in the ledger."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

from medloc.markdown import inline_html

_TAG = re.compile(r"<[^>]*>")
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
)
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    }
)


@lru_cache(maxsize=1 << 16)
def as_read(text: str) -> str:
    """An inline Markdown text without what a reader does not see or would not type: marks,
    invisible characters, kinds of blanks and quotes, capitals.

    >>> as_read("Take **5\u00a0mg** of the [leaflet\u2019s](https://example.org) dose.")
    "take 5 mg of the leaflet's dose."
    """
    if any(mark in text for mark in "*_`[<&~\\\\"):
        text = unescape(_TAG.sub("", inline_html([text])[0]))
    folded = unicodedata.normalize("NFKC", text.translate(_UNSEEN)).translate(_QUOTES)
    return " ".join(folded.casefold().split())
