"""Markdown links that are gone or broken: readers see brackets, or have nothing to press.

CommonMark 0.31.2, 6.3 Links: https://spec.commonmark.org/0.31.2/#links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading
from medloc.model import Span
from medloc.phrases import Phrase, phrase

_LINK = re.compile(
    r"!?(?<!\\)\[(?P<text>[^\[\]]{0,1000}(?:\[[^\[\]]{0,300}\][^\[\]]{0,500}){0,5})(?<!\\)\]"
    r"(?:\((?P<to>\s?[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,3}"
    r"(?:\s[\"'][^\"]{0,500}[\"'])?)\)"
    r"|\[[^\[\]]{0,200}\])"
)
_BROKEN = (
    (re.compile(r"\]\s{1,3}\((?=\s?(?:https?:|www\.|mailto:|[#./\w-]{1,200}\)))"),
     phrase("a space stands between `]` and `(`")),
    (re.compile(r"[\]］】」〕）)][（(]\s?https?:"),
     phrase("the brackets of a link are not `[` `]` `(` `)`")),
    (re.compile(r"[\]］】][(（]\s?[^()\s]{1,300}）"),
     phrase("a full-width bracket closes the address")),
)  # fmt: skip
_WIDE = re.compile("[［］【】）]")
_MAX = 100


def links(reading: Reading) -> Iterator[Issue]:
    """Links of the source that the translation lacks, and links that are no longer links."""
    source, target = reading.source.text, reading.target.text
    if "](" not in source and "][" not in source and not _may(target):
        return
    wanted, found = _links(source), _links(target)
    if len(wanted) == len(found) == _MAX:
        return
    missing = len(wanted) - len(found)
    broken = _broken(source, target)
    if missing > 0:
        reason = broken[0] if broken else phrase("a link is gone, or one of its brackets")
        yield Issue(
            phrase(
                "The source holds {said}, the translation {now}: {reason}. "
                "Write `[words](address)`.",
                said=_count(wanted),
                now=_count(found),
                reason=reason,
            ),
            tuple(wanted),
            (broken[1],) if broken else tuple(found),
        )
    elif missing < 0:
        yield Issue(
            phrase(
                "The source holds {said}, the translation {now}.",
                said=_count(wanted),
                now=_count(found),
            ),
            tuple(wanted),
            tuple(found),
        )
    elif broken:
        yield Issue(
            phrase("A link is broken: {reason}.", reason=broken[0]), tuple(wanted), (broken[1],)
        )


def _may(text: str) -> bool:
    return "[" in text or "]" in text or (text.isascii() is False and bool(_WIDE.search(text)))


def _links(text: str) -> list[Span]:
    if "]" not in text or text.count("[") > 2 * _MAX:
        return []
    spans = []
    for found in _LINK.finditer(text):
        spans.append(found.span())
        if len(spans) == _MAX:
            break
    return spans


def _broken(source: str, target: str) -> tuple[str, Span] | None:
    """What is wrong with a link, and where; nothing that the source does too."""
    for pattern, reason in _BROKEN:
        found = pattern.search(target)
        if found and not pattern.search(source):
            return reason, found.span()
    if source.count("(") == source.count(")") and target.count("(") != target.count(")"):
        return phrase("a bracket is missing"), (max(0, target.rfind("(")), len(target))
    return None


def _count(spans: list[Span]) -> Phrase:
    if len(spans) < 2:
        return phrase("1 link") if spans else phrase("no links")
    return phrase("{count} links", count=len(spans))
