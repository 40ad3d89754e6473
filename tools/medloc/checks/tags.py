"""HTML tags that are gone, broken or not closed.

CommonMark 0.31.2, 6.6 Raw HTML: https://spec.commonmark.org/0.31.2/#raw-html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.multisets import Token, differing, spans
from medloc.checks.reading import Issue, Reading, quoted
from medloc.model import Span
from medloc.phrases import phrase

_NAMES = frozenset(
    """abbr acronym address article aside a bdi bdo big blockquote body br button b caption center
    cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer form h1 h2
    h3 h4 h5 h6 head header hr html iframe img input ins i kbd label legend li main mark nav ol
    option picture pre p q rp rt ruby samp section select small source span strike strong sub
    summary sup svg s table tbody td textarea tfoot thead th time tr tt ul u var video wbr g x ph bx
    ex""".split()  # noqa: SIM905
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?:\s[^<>]{0,500})?/?>")
_BROKEN = re.compile(
    r"<(?:\s{1,3}/?\s{0,3}|/\s{1,3}|\s?\\\s?)(?P<blank>[A-Za-z][A-Za-z0-9]{0,9})\s{0,3}/?>"
    r"|[＜〈‹]/?(?P<wide>[A-Za-z][A-Za-z0-9]{0,9})[＞〉›]"
    r"|</?(?P<open>[A-Za-z][A-Za-z0-9]{0,9})(?=[<\n]|$)"
)


def tags(reading: Reading) -> Iterator[Issue]:
    """Tags that differ between the two texts."""
    source, target = reading.source.text, reading.target.text
    if "<" not in source and "<" not in target and "＜" not in target:
        return
    broken = _broken(target)
    if broken and not _broken(source):
        yield Issue(
            phrase(
                "{tag} is a broken tag. Write it without blanks: `<b>`, `</b>`.",
                tag=quoted(target, broken),
            ),
            (),
            tuple(broken),
        )
        return
    wanted, found = _tags(source), _tags(target)
    lost, new = differing(wanted, found)
    if lost or new:
        yield Issue(
            phrase(
                "The tags differ: the source holds {said}, the translation {now}. "
                "Copy the tags of the source.",
                said=_listed(lost),
                now=_listed(new),
            ),
            spans(lost),
            spans(new),
        )
        return
    crossed = _unclosed(found)
    if crossed and not _unclosed(wanted):
        yield Issue(
            phrase(
                "{tag} closes nothing here, or in the wrong order.", tag=quoted(target, [crossed])
            ),
            (),
            (crossed,),
        )


def _broken(text: str) -> list[Span]:
    """What would be tags, but for a blank, a full-width sign or a missing `>`."""
    return [m.span() for m in _BROKEN.finditer(text) if (m[m.lastgroup or 0]).lower() in _NAMES]


def _tags(text: str) -> list[Token]:
    """Tags by name, `/` for a closing one; attributes are the translator's where they are words."""
    if "<" not in text:
        return []
    return [
        (f"<{found['end']}{found['name'].lower()}>", found.span())
        for found in _TAG.finditer(text)
        if found["name"].lower() in _NAMES
    ]


def _unclosed(found: list[Token]) -> Span | None:
    """The first closing tag that has nothing to close."""
    open_tags: dict[str, int] = {}
    for tag, span in found:
        name = tag.strip("</>")
        open_tags[name] = open_tags.get(name, 0) + (-1 if tag.startswith("</") else 1)
        if open_tags[name] < 0:
            return span
    return None


def _listed(tokens: list[Token]) -> str:
    return ", ".join(f"`{tag}`" for tag, _ in tokens[:5]) or phrase("nothing else")
