"""The short code of an edition, which a reader can compare: the same words have the same code.

It stands on the page, in its `index.json` and on its leaflet, and whoever holds the page's proof
can work it out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from medloc.workflow.gate import Gated

Row = tuple[str, str, str]
"""Of a message on the page: context, SHA-256 of the source and of the approved wording."""


def edition_code(article: str, locale: str, rows: Iterable[Row]) -> str:
    """The code of what a page says: the first digits of SHA-256 over article and locale, then each
    message's row in page order; parts are joined by NUL, lines end in LF.

    >>> edition_code("clonus", "es", [("meta:title", "00", "11")])
    'BE5C-7B5E'
    """
    lines = ((article, locale), *rows)
    digits = hashlib.sha256("".join("\0".join(line) + "\n" for line in lines).encode()).hexdigest()
    return f"{digits[:4]}-{digits[4:8]}".upper()


def code_of(gated: Gated) -> str:
    """The code of an article's page; empty for a draft, which rests on no decision."""
    if not gated.verdicts:
        return ""
    rows = (
        (one.message.context, _source_hash(one.pair.source), _hash(verdict.target))
        for one, verdict in zip(gated.translations, gated.verdicts, strict=True)
    )
    return edition_code(gated.article.slug, gated.locale, rows)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Every locale has the same sources.
_source_hash = lru_cache(maxsize=4096)(_hash)
