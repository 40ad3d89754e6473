"""A body taken apart: its blocks of inline content, headings and raw HTML, in document order."""

from __future__ import annotations

from dataclasses import dataclass

CONTAINER_LIMIT = 100
"""Containers (quotes, lists, items) may stand this deep in each other."""

RUN_LIMIT = 20_000
"""Blocks of text a body may hold; the longest article of our samples has some 500."""
TEXT_LIMIT = 100_000
"""Bytes of one block of text: nobody can translate or review more at a time."""
BLOCK_LIMIT = 80_000
"""Blocks of any kind, empty table cells too."""


@dataclass(frozen=True, slots=True)
class Run:
    """One block of inline content: what a message is made from.

    `kind` is heading, paragraph, item, cell, term or definition; `text` its Markdown on one line;
    `plain` the letters a reader sees; `start` and `end` are bytes of the body; `footnotes` its
    footnote references as written; `links` the labels of per-locale links.
    """

    kind: str
    text: str
    plain: str
    line: int
    start: int
    end: int
    footnotes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or digit to translate."""
        return any(map(str.isalnum, self.plain))


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading; `id` is empty unless written; `run` is None when it is empty, and `room` then
    the bytes between its `#`s and its attributes."""

    level: int
    id: str
    classes: tuple[str, ...]
    line: int
    start: int
    end: int
    run: Run | None
    room: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A block of raw HTML; `pieces` gives of each line its offset in `text` and its byte offset in
    the body."""

    text: str
    line: int
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class InlineHtml:
    """A raw tag or comment inside text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Target:
    """A link's or an image's address, decoded as the library understands it."""

    address: str
    line: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A body taken apart. `footnotes` are the labels that are defined."""

    data: bytes
    blocks: tuple[Run | HeadingBlock | HtmlBlock, ...]
    inline_html: tuple[InlineHtml, ...] = ()
    targets: tuple[Target, ...] = ()
    footnotes: tuple[str, ...] = ()
