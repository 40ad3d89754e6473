"""Letters written as letter and loose accent, which searches and fonts treat as something else.

Unicode's form NFC: https://www.unicode.org/reports/tr15/. Only what NFC joins is reported: the
order of vowel marks in Arabic, Hebrew and Indic text differs in good texts and shows the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted
from medloc.model import Severity
from medloc.phrases import phrase

_LOOSE = re.compile("[^\\W\\d_][\u0300-\u036f\u3099\u309a]{1,8}|[\u1100-\u1112][\u1161-\u1175]")


def normalization(reading: Reading) -> Iterator[Issue]:
    """Loose accents that have a joined letter."""
    text = reading.target.text
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    spans = tuple(
        found.span()
        for found in _LOOSE.finditer(text)
        if len(unicodedata.normalize("NFC", found[0])) < len(found[0])
    )
    if spans:
        yield Issue(
            phrase(
                "{words} is written as letter and loose accent. Type the joined "
                "letter, so that searches find the word.",
                words=quoted(text, spans[:5]),
            ),
            (),
            spans,
        )
    else:
        yield Issue(phrase("The text is not in Unicode's form NFC."), severity=Severity.INFO)
