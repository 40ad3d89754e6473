"""Takes a body apart by the library's own events, so that nothing is parsed twice differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from medloc.errors import ArticleError
from medloc.markdown.document import (
    BLOCK_LIMIT,
    CONTAINER_LIMIT,
    Document,
    HeadingBlock,
    HtmlBlock,
    Run,
)
from medloc.markdown.library import NO_LINKS, events
from medloc.markdown.runs import INLINE, RunReader
from medloc.phrases import phrase

_KINDS = {
    "Item": "item",
    "TableCell": "cell",
    "DefinitionListTitle": "term",
    "DefinitionListDefinition": "definition",
}
# Only `#id` and `.class` may follow a heading; anything else would vanish from the page.
_ATTRIBUTES = re.compile(rb"\{\s*(?:[#.][^\s{}#.]+\s*)+\}")
_BRACES = re.compile(rb"\{[^{}]*\}")


def parse(
    body: str, *, path: str = "", first_line: int = 1, links: Mapping[str, str] = NO_LINKS
) -> Document:
    """Take a body apart.

    `links` are the per-locale links (label -> some address); `first_line` is the line of the file
    on which the body begins. Raises ArticleError for containers nested too deep, for heading
    attributes other than `#id` and `.class`, and for footnotes that readers could mix up.
    """
    reader = _BlockReader(body.encode(), path, first_line)
    for event, span in events(body, links=links):
        if event.__class__ is str:
            reader.mark(event, span["start"], span["end"])
        else:
            for name, value in event.items():  # type: ignore[union-attr]
                _HANDLERS[name](reader, value, span["start"], span["end"])
    reader.flush()
    reader.check_footnotes()
    return Document(
        reader.data,
        tuple(reader.blocks),
        tuple(reader.inline_html),
        tuple(reader.targets),
        tuple(reader.footnotes),
    )


class _BlockReader(RunReader):
    """The blocks read so far, and the containers that are open."""

    def __init__(self, data: bytes, path: str, first_line: int) -> None:
        super().__init__(data, path, first_line)
        self.blocks: list[Run | HeadingBlock | HtmlBlock] = []
        self.footnotes: dict[str, int] = {}
        self._stack: list[str] = []
        self._begun = 0
        self._heading: dict[str, Any] | None = None
        self._html: list[tuple[str, int]] = []

    def mark(self, name: str, start: int, end: int) -> None:
        """A soft break, a hard break or a rule."""
        if name == "Rule":
            self.flush()
        else:
            self.line_end(start, end, hard=name == "HardBreak")

    def begin(self, tag: Any, start: int, end: int) -> None:
        name, value = (tag, None) if tag.__class__ is str else next(iter(tag.items()))
        if name in INLINE:
            self.begin_inline(name, value, start, end)
            return
        self.flush()
        self._stack.append(name)
        self._begun += 1
        self._check_limits_of_blocks(start)
        if name == "BlockQuote":
            self.quotes += 1
        elif name == "CodeBlock":
            self.verbatim = True
        elif name == "Heading":
            self._heading = value
        elif name == "FootnoteDefinition":
            self._define_footnote(str(value), start)

    def end(self, tag: Any, start: int, end: int) -> None:
        name = tag if tag.__class__ is str else next(iter(tag))
        if name in INLINE:
            self.end_inline(name)
            return
        if name == "Heading":
            self._end_heading(start, end)
        else:
            self.flush()
        self._stack.pop()
        if name == "BlockQuote":
            self.quotes -= 1
        elif name == "CodeBlock":
            self.verbatim = False
        elif name == "HtmlBlock":
            self._end_html(start)

    def raw(self, value: str, start: int, end: int) -> None:
        """A line of a raw HTML block."""
        self._html.append((value, start))

    def flush(self) -> None:
        """Keep the run that is open, if any."""
        around = [name for name in self._stack[-2:] if name != "Paragraph"]
        run = self.take(_KINDS.get(around[-1], "paragraph") if around else "paragraph")
        if run is not None:
            self.blocks.append(run)

    def _check_limits_of_blocks(self, start: int) -> None:
        if self._begun > BLOCK_LIMIT:
            raise self.trouble(
                start,
                phrase(
                    "the article has more than {block_limit} blocks or cells",
                    block_limit=BLOCK_LIMIT,
                ),
                phrase("Split it."),
            )
        if len(self._stack) > CONTAINER_LIMIT:
            raise self.trouble(
                start,
                phrase(
                    "quotes and lists stand more than {container_limit} deep in each other",
                    container_limit=CONTAINER_LIMIT,
                ),
                phrase("Flatten them."),
            )

    def _end_heading(self, start: int, end: int) -> None:
        run = self.take("heading")
        heading = self._heading or {}
        rest = self.data[run.end if run else start : end]
        if b"{" in rest:
            self._check_attributes(rest, start)
        level = int(heading["level"][1])
        self.blocks.append(
            HeadingBlock(
                level,
                heading["id"] or "",
                heading["classes"],
                self.line(start),
                start,
                end,
                run,
                (0, 0) if run else _room(rest, start, level),
            )
        )

    def _check_attributes(self, rest: bytes, start: int) -> None:
        braces = _BRACES.search(rest)
        if braces is None:
            return
        found = braces[0].decode()
        if _ATTRIBUTES.fullmatch(braces[0]) is None:
            raise self.trouble(
                start,
                phrase(
                    "`{found}` after a heading is neither an id nor a class and would vanish",
                    found=found,
                ),
                phrase(
                    "Write `{#id}` or `{#id .class}`; for braces or a quantity in the heading "
                    "itself, put a word after it."
                ),
            )
        if found.count("#") > 1:
            raise self.trouble(
                start,
                phrase("`{found}` gives the heading two ids", found=found),
                phrase("Keep one."),
            )

    def _end_html(self, start: int) -> None:
        lines, self._html = self._html, []
        text = "".join(line for line, _ in lines)
        position, pieces = 0, []
        for line, offset in lines:
            pieces.append((position, offset))
            position += len(line)
        self.blocks.append(HtmlBlock(text, self.line(start), tuple(pieces)))
        self.track_pre(text)

    def _define_footnote(self, label: str, start: int) -> None:
        line = self.line(start)
        if label in self.footnotes:
            raise self.trouble(
                start,
                phrase(
                    "the footnote `[^{label}]` is defined a second time "
                    "(first on line {footnotes})",
                    label=label,
                    footnotes=self.footnotes[label],
                ),
                phrase("Keep one definition, or give each a label of its own."),
            )
        self.footnotes[label] = line

    def check_footnotes(self) -> None:
        """Every reference is spelled as its definition is: the library numbers them by spelling."""
        for label, line in self.references:
            if label not in self.footnotes:
                raise ArticleError(
                    phrase(
                        "the footnote reference `[^{label}]` has no definition spelled like it.",
                        label=label,
                    ),
                    path=self.path,
                    line=line,
                    advice=phrase(
                        "Write `[^{label}]: ...`, with the same letters in the same case.",
                        label=label,
                    ),
                )


def _room(rest: bytes, start: int, level: int) -> tuple[int, int]:
    """Where the text of an empty heading would stand."""
    attributes = rest.find(b"{")
    return start + level, start + (attributes if attributes >= 0 else len(rest.rstrip(b"\n")))


_HANDLERS: dict[str, Callable[[_BlockReader, Any, int, int], None]] = {
    "Text": _BlockReader.text,
    "Start": _BlockReader.begin,
    "End": _BlockReader.end,
    "Code": _BlockReader.code,
    "InlineHtml": _BlockReader.tag,
    "Html": _BlockReader.raw,
    "FootnoteReference": _BlockReader.footnote,
}
