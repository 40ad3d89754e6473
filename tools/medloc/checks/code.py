"""Code spans, which stay as they are: names of genes, files, keys to press.

CommonMark 0.31.2, 6.1: https://spec.commonmark.org/0.31.2/#code-spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.multisets import Token, differing, spans
from medloc.checks.reading import Issue, Reading
from medloc.phrases import phrase

_CODE = re.compile(
    r"(?<![`\\])(?P<ticks>`{1,3})(?!`)(?P<code>(?s:.{1,2000}?))(?<!`)(?P=ticks)(?!`)"
)


def code(reading: Reading) -> Iterator[Issue]:
    """Code spans that changed, are gone, came new, or lack their other tick."""
    source, target = reading.source.text, reading.target.text
    if "`" not in source and "`" not in target:
        return
    wanted, found = _codes(source), _codes(target)
    lost, new = differing(wanted, found)
    if lost or new:
        before = ", ".join(f"`{token}`" for token, _ in lost[:3]) or phrase("nothing")
        after = ", ".join(f"`{token}`" for token, _ in new[:3]) or phrase("nothing")
        yield Issue(
            phrase(
                "Code in the source: {before}; in the translation instead: {after}. Copy it.",
                before=before,
                after=after,
            ),
            spans(lost),
            spans(new),
        )
    elif source.count("`") % 2 == 0 and target.count("`") % 2:
        yield Issue(
            phrase("The translation holds a ` without its partner."), spans(wanted), spans(found)
        )


def _codes(text: str) -> list[Token]:
    if text.count("`") > 400:
        return []
    return [(found["code"].strip(), found.span()) for found in _CODE.finditer(text)]
