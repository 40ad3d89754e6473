"""The source's HTML with a hole for every message, and the pages made from it.

Law: a skeleton filled with the source's own words is the page of the source. It is proved for
every article when it is read: an article that cannot be taken apart exactly is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from medloc.markdown.characters import (
    DIRECTIVE,
    END_HOLE,
    END_UNTRANSLATED,
    HOLE,
    UNTRANSLATED,
)
from medloc.markdown.inline import inline_html
from medloc.markdown.library import NO_LINKS, html
from medloc.model import Skeleton

_DIRECTIVE = re.compile(
    rf"<!--(?:{DIRECTIVE}|\s*(?:translators|translate|context|risk)\s*:)", re.IGNORECASE
)
_ALIGNMENT = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
_DEFINED = re.compile(
    r'<div class="footnote-definition" id="[^"]*">'
    r'(<sup class="footnote-definition-label">(\d+)</sup>)'
)
_REFERENCE = re.compile(r'(<sup class="footnote-reference"><a href="#)([^"]*)(">(\d+)</a></sup>)')
_HOLE = re.compile(f"{HOLE}(\\d+)[^{END_HOLE}]*{END_HOLE}")


class Hole(NamedTuple):
    """What stands in a hole: the text of the message with that index, or of none (-1).

    `start` and `end` are bytes of the body; `heading_id` is the id to add to the heading around
    it, if any; `foreign` text stays in the source language and is marked as such.
    """

    start: int
    end: int
    text: str
    message: int = -1
    footnotes: tuple[str, ...] = ()
    heading_id: str = ""
    foreign: bool = False


class InexactError(Exception):
    """The body cannot be taken apart without changing its page; `start` is the byte where."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


def page(body: str, *, links: Mapping[str, str] = NO_LINKS) -> str:
    """The source page: one library call, without our directives, its alignment as classes and its
    footnotes with ids that no heading can have (`fn:1`)."""
    rendered = html(body, links=links)
    return _finished(_without_directives(rendered))


def build_skeleton(
    data: bytes,
    holes: Sequence[Hole],
    *,
    directives: Sequence[int] = (),
    links: Mapping[str, str] = NO_LINKS,
    definitions: str = "",
    own: str = "",
) -> Skeleton:
    """Render a body once with a mark in place of each hole, and prove that nothing changed.

    `holes` are in the order of the body; `directives` are the byte offsets of comments to take
    out; `definitions` is the tail that pages need (see `links.tail`), `own` what the source's own
    texts need besides (its per-locale links). Raises InexactError when the law does not hold.
    """
    rendered = html(_marked(data, holes, directives), links=links)
    numbers = {}
    if 'class="footnote-reference"' in rendered:
        numbers = {found[2]: found[4] for found in _REFERENCE.finditer(rendered)}
    if directives:
        rendered = _without_directives(rendered)
    split = _HOLE.split(_finished(rendered))
    parts = split[::2]
    if [int(number) for number in split[1::2]] != list(range(len(holes))):
        raise InexactError(0)
    texts = _rendered([hole.text for hole in holes], definitions + own, numbers)
    _prove(page(data.decode(), links=links), parts, texts, holes)
    return _skeleton(parts, texts, holes, definitions, numbers)


def fill(skeleton: Skeleton, words: Sequence[str] | Mapping[int, str], *, foreign: str = "") -> str:
    """The page: every hole filled with the HTML of its words.

    `words` gives the Markdown of each message by its index; `foreign` is the tag of the source
    language, to mark text that stays in it (empty on the source's own page).
    """
    indexes = list(dict.fromkeys(skeleton.holes))
    texts = _rendered([words[index] for index in indexes], skeleton.tail, skeleton.numbers)
    by_message = dict(zip(indexes, texts, strict=True))
    body = _joined(skeleton.parts, [by_message[index] for index in skeleton.holes])
    if UNTRANSLATED in body:
        opening = f'<span lang="{foreign}" translate="no">' if foreign else ""
        body = body.replace(UNTRANSLATED, opening)
        body = body.replace(END_UNTRANSLATED, "</span>" if foreign else "")
    return body


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every closed HTML comment, in time that only grows with the text.

    >>> list(comments("a<!--b-->c<!--d"))
    [(1, 9)]
    """
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end + 3)


def same_page(one: str, other: str) -> bool:
    """Whether two pages say the same; white space is one blank, and none where lines end.

    Code blocks are never in a hole, so their white space is the library's own on both sides.
    """
    return _plain(one) == _plain(other)


def _plain(body: str) -> str:
    return " ".join(body.split()).replace(" <br />", "<br />").replace(" </h", "</h")


def _without_directives(rendered: str) -> str:
    pieces, position = [], 0
    for start, end in comments(rendered):
        if _DIRECTIVE.match(rendered, start):
            pieces.append(rendered[position:start])
            position = end
    return "".join((*pieces, rendered[position:])) if pieces else rendered


def _marked(data: bytes, holes: Sequence[Hole], directives: Sequence[int]) -> str:
    cuts = [(start + 4, start + 4, DIRECTIVE) for start in directives]
    for number, hole in enumerate(holes):
        mark = f"{HOLE}{number}{''.join(hole.footnotes)}{END_HOLE}"
        # An empty heading (`##`) gets its mark behind the signs.
        cuts.append((hole.start, hole.end, mark if hole.text else f" {mark} "))
    if directives:
        cuts.sort()
    pieces, position = [], 0
    for start, end, mark in cuts:
        pieces.append(data[position:start])
        pieces.append(mark.encode())
        position = end
    pieces.append(data[position:])
    return b"".join(pieces).decode()


def _rendered(texts: Sequence[str], tail: str, numbers: Mapping[str, str]) -> list[str]:
    rendered = inline_html(texts, tail=tail, numbers=numbers)
    return [_safe_references(text) for text in rendered] if numbers else rendered


def _joined(parts: Sequence[str], texts: Sequence[str]) -> str:
    pieces = [parts[0]]
    for text, part in zip(texts, parts[1:], strict=True):
        pieces.append(text)
        pieces.append(part)
    return "".join(pieces)


def _prove(source: str, parts: Sequence[str], texts: Sequence[str], holes: Sequence[Hole]) -> None:
    if same_page(source, _joined(parts, texts)):
        return
    words = "".join(source.split())
    position = 0
    for number, part in enumerate(parts):
        piece = "".join(part.split())
        if number:
            piece = "".join(texts[number - 1].split()) + piece
        if words[position : position + len(piece)] != piece:
            raise InexactError(holes[max(number - 1, 0)].start if holes else 0)
        position += len(piece)
    raise InexactError(holes[-1].start if holes else 0)


def _skeleton(
    parts: Sequence[str],
    texts: Sequence[str],
    holes: Sequence[Hole],
    tail: str,
    numbers: Mapping[str, str],
) -> Skeleton:
    """Add ids to headings, and melt fixed texts into the parts around them."""
    kept, messages = [parts[0]], []
    for hole, text, part in zip(holes, texts, parts[1:], strict=True):
        if hole.heading_id:
            tag = kept[-1].rindex("<h") + len("<h1")
            kept[-1] = f'{kept[-1][:tag]} id="{hole.heading_id}"{kept[-1][tag:]}'
        if hole.message >= 0:
            messages.append(hole.message)
            kept.append(part)
        elif hole.foreign:
            kept[-1] += f"{UNTRANSLATED}{text}{END_UNTRANSLATED}{part}"
        else:
            kept[-1] += text + part
    return Skeleton(tuple(kept), tuple(messages), tail, numbers)


def _finished(rendered: str) -> str:
    if "text-align: " in rendered:
        rendered = _ALIGNMENT.sub(r'<\1 class="align-\2">', rendered)
    if 'class="footnote-' in rendered:
        rendered = _DEFINED.sub(r'<div class="footnote-definition" id="fn:\2">\1', rendered)
        rendered = _safe_references(rendered)
    return rendered


def _safe_references(rendered: str) -> str:
    return _REFERENCE.sub(r"\1fn:\4\3", rendered)
