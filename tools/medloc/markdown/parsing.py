"""Takes a body apart by the library's own events, so that nothing is parsed twice differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from medloc.errors import ArticleError
from medloc.markdown.document import (
    BLOCK_LIMIT,
    CONTAINER_LIMIT,
    RUN_LIMIT,
    TEXT_LIMIT,
    Document,
    HeadingBlock,
    HtmlBlock,
    InlineHtml,
    Run,
    Target,
)
from medloc.markdown.folding import Break, after_line_end, fold
from medloc.markdown.library import NO_LINKS, events

_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
_KINDS = {
    "Item": "item",
    "TableCell": "cell",
    "DefinitionListTitle": "term",
    "DefinitionListDefinition": "definition",
}
# Only `#id` and `.class` may follow a heading; anything else would vanish from the page.
_ATTRIBUTES = re.compile(rb"\{\s*(?:[#.][^\s{}#.]+\s*)+\}")
_BRACES = re.compile(rb"\{[^{}]*\}")
_BACKSLASH = 0x5C
_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)


def parse(
    body: str, *, path: str = "", first_line: int = 1, links: Mapping[str, str] = NO_LINKS
) -> Document:
    """Take a body apart.

    `links` are the per-locale links (label -> some address); `first_line` is the line of the file
    on which the body begins. Raises ArticleError for containers nested too deep, for heading
    attributes other than `#id` and `.class`, and for footnotes that readers could mix up.
    """
    reader = _Reader(body.encode(), path, first_line)
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


class _Reader:
    """What has been read so far; the methods are called with each event's value and byte range."""

    def __init__(self, data: bytes, path: str, first_line: int) -> None:
        self.data, self.path = data, path
        self.blocks: list[Run | HeadingBlock | HtmlBlock] = []
        self.inline_html: list[InlineHtml] = []
        self.targets: list[Target] = []
        self.footnotes: dict[str, int] = {}
        self.references: list[tuple[str, int]] = []
        self._stack: list[str] = []
        self._begun = self._runs = self._images = 0
        self._quotes = 0
        self._heading: dict[str, Any] | None = None
        self._verbatim = False
        self._html: list[tuple[str, int]] | None = None
        self._pre = 0
        self._line, self._counted = first_line, 0
        self._start, self._end = -1, 0
        self._words: list[str] = []
        self._breaks: list[Break] = []
        self._notes: list[str] = []
        self._labels: list[str] = []
        self._open_break = False

    def line(self, offset: int) -> int:
        """The file's line of a byte offset; fast as long as offsets mostly grow."""
        if offset >= self._counted:
            self._line += self.data.count(b"\n", self._counted, offset)
            self._counted = offset
            return self._line
        return self._line - self.data.count(b"\n", offset, self._counted)

    # --- inline events

    def text(self, value: str, start: int, end: int) -> None:
        if self._verbatim:
            return
        # The library leaves the backslash of an escape (two before a `|` in a table) out of the
        # range of what it escapes.
        if self._start < 0 or self._open_break:
            while start and self.data[start - 1] == _BACKSLASH:
                start -= 1
        self._grow(start, end)
        self._words.append(value)

    def code(self, value: str, start: int, end: int) -> None:
        self._grow(start, end)
        self._words.append(value)

    def raw_inline(self, value: str, start: int, end: int) -> None:
        self._grow(start, end)
        self.inline_html.append(InlineHtml(value, self.line(start)))
        self._track_pre(value)

    def footnote(self, value: str, start: int, end: int) -> None:
        self._grow(start, end)
        self._notes.append(self.data[start:end].decode().rstrip())
        self.references.append((value, self.line(start)))

    def mark(self, name: str, start: int, end: int) -> None:
        """A soft break, a hard break or a rule."""
        if name == "Rule":
            self.flush()
        elif self._start >= 0:
            if self._open_break:  # a line that holds nothing but a backslash
                self._breaks[-1] = self._breaks[-1]._replace(end=start)
            # The text of an image is an attribute: no line break can stand in it.
            hard = name == "HardBreak" and not self._images
            self._breaks.append(Break(start, end, hard, self._pre > 0))
            self._open_break = True
            self._words.append(" ")

    def _grow(self, start: int, end: int) -> None:
        if self._start < 0:
            self._start = start
        elif self._open_break:
            self._breaks[-1] = self._breaks[-1]._replace(end=start)
        self._open_break = False
        self._end = max(self._end, end)

    def _target(self, name: str, value: dict[str, Any], start: int, end: int) -> None:
        self._grow(start, end)
        kind = value["link_type"]
        if kind == "Email":
            return
        if isinstance(kind, str) and kind.endswith("Unknown"):
            self._labels.append(value["id"])
        else:
            self.targets.append(Target(value["dest_url"], self.line(start), name == "Image"))
        if name == "Image":
            self._images += 1

    # --- blocks

    def begin(self, tag: Any, start: int, end: int) -> None:
        name, value = (tag, None) if tag.__class__ is str else next(iter(tag.items()))
        if name in _INLINE:
            if value is None:
                self._grow(start, end)
            else:
                self._target(name, value, start, end)
            return
        self.flush()
        self._stack.append(name)
        self._begun += 1
        if self._begun > BLOCK_LIMIT:
            raise self._trouble(
                start, f"the article has more than {BLOCK_LIMIT} blocks or cells", "Split it."
            )
        if len(self._stack) > CONTAINER_LIMIT:
            raise self._trouble(
                start,
                f"quotes and lists stand more than {CONTAINER_LIMIT} deep in each other",
                "Flatten them.",
            )
        if name == "BlockQuote":
            self._quotes += 1
        elif name == "CodeBlock":
            self._verbatim = True
        elif name == "Heading":
            self._heading = value
        elif name == "HtmlBlock":
            self._html = []
        elif name == "FootnoteDefinition":
            self._define_footnote(str(value), start)

    def end(self, tag: Any, start: int, end: int) -> None:
        name = tag if tag.__class__ is str else next(iter(tag))
        if name in _INLINE:
            if name == "Image":
                self._images -= 1
            if self._open_break:  # `![` + line end + `](address)`: no text follows inside
                line_end = self._breaks[-1]
                after = after_line_end(self.data, line_end.end - 1, self._quotes)
                self._breaks[-1] = line_end._replace(end=after)
                self._open_break = False
            return
        if name == "Heading":
            self._end_heading(start, end)
        else:
            self.flush()
        self._stack.pop()
        if name == "BlockQuote":
            self._quotes -= 1
        elif name == "CodeBlock":
            self._verbatim = False
        elif name == "HtmlBlock":
            self._end_html(start)

    def raw(self, value: str, start: int, end: int) -> None:
        """A line of a raw HTML block."""
        if self._html is not None:
            self._html.append((value, start))

    def flush(self) -> Run | None:
        """End the run that is open, if any, and keep it (a heading keeps its own)."""
        if self._start < 0:
            return None
        self._runs += 1
        if self._runs > RUN_LIMIT:
            raise self._trouble(
                self._start, f"the article has more than {RUN_LIMIT} blocks of text", "Split it."
            )
        if self._end - self._start > TEXT_LIMIT:
            raise self._trouble(
                self._start, f"a block of text has more than {TEXT_LIMIT} bytes", "Split it."
            )
        if self.data.startswith(b"[]", self._end):
            self._end += 2  # the range of a last `[who][]` leaves out these two
        breaks = self._breaks[:-1] if self._open_break else self._breaks
        text = fold(self.data, self._start, self._end, breaks, self._quotes)
        kind = self._kind()
        if kind == "cell":
            text = text.replace("\\|", "|")  # only tables need the backslash, even in code
        run = Run(
            kind,
            text,
            "".join(self._words),
            self.line(self._start),
            self._start,
            self._end,
            tuple(self._notes) if self._notes else (),
            tuple(dict.fromkeys(self._labels)) if self._labels else (),
        )
        self._start, self._end = -1, 0
        self._words = []
        self._open_break = False
        if self._breaks:
            self._breaks = []
        if self._notes:
            self._notes = []
        if self._labels:
            self._labels = []
        if kind != "heading":
            self.blocks.append(run)
        return run

    def _kind(self) -> str:
        if self._heading is not None:
            return "heading"
        around = [name for name in self._stack[-2:] if name != "Paragraph"]
        return _KINDS.get(around[-1], "paragraph") if around else "paragraph"

    def _end_heading(self, start: int, end: int) -> None:
        run = self.flush()
        heading, self._heading = self._heading, None
        assert heading is not None
        rest = self.data[run.end if run else start : end]
        if b"{" in rest:
            self._check_attributes(rest, start)
        level = int(heading["level"][1])
        room = (0, 0) if run else _room(rest, start, level)
        self.blocks.append(
            HeadingBlock(
                level,
                heading["id"] or "",
                heading["classes"],
                self.line(start),
                start,
                end,
                run,
                room,
            )
        )

    def _check_attributes(self, rest: bytes, start: int) -> None:
        braces = _BRACES.search(rest)
        if braces is None:
            return
        found = braces[0].decode()
        if _ATTRIBUTES.fullmatch(braces[0]) is None:
            raise self._trouble(
                start,
                f"`{found}` after a heading is neither an id nor a class and would vanish",
                "Write `{#id}` or `{#id .class}`; for braces or a quantity in the heading itself, "
                "put a word after it.",
            )
        if found.count("#") > 1:
            raise self._trouble(start, f"`{found}` gives the heading two ids", "Keep one.")

    def _end_html(self, start: int) -> None:
        lines, self._html = self._html or [], None
        text = "".join(line for line, _ in lines)
        position, pieces = 0, []
        for line, offset in lines:
            pieces.append((position, offset))
            position += len(line)
        self.blocks.append(HtmlBlock(text, self.line(start), tuple(pieces)))
        self._track_pre(text)

    def _track_pre(self, raw: str) -> None:
        for found in _PRE.finditer(raw):
            self._pre = max(0, self._pre + (-1 if found[1] else 1))

    # --- footnotes

    def _define_footnote(self, label: str, start: int) -> None:
        line = self.line(start)
        if label in self.footnotes:
            raise self._trouble(
                start,
                f"the footnote `[^{label}]` is defined a second time "
                f"(first on line {self.footnotes[label]})",
                "Keep one definition, or give each a label of its own.",
            )
        self.footnotes[label] = line

    def check_footnotes(self) -> None:
        """Every reference is spelled as its definition is: the library numbers them by spelling."""
        for label, line in self.references:
            if label not in self.footnotes:
                raise ArticleError(
                    f"the footnote reference `[^{label}]` has no definition spelled like it.",
                    path=self.path,
                    line=line,
                    advice=f"Write `[^{label}]: ...`, with the same letters in the same case.",
                )

    def _trouble(self, offset: int, found: str, advice: str) -> ArticleError:
        return ArticleError(f"{found}.", path=self.path, line=self.line(offset), advice=advice)


def _room(rest: bytes, start: int, level: int) -> tuple[int, int]:
    """Where the text of an empty heading would stand."""
    attributes = rest.find(b"{")
    return start + level, start + (attributes if attributes >= 0 else len(rest.rstrip(b"\n")))


_HANDLERS: dict[str, Callable[[_Reader, Any, int, int], None]] = {
    "Text": _Reader.text,
    "Start": _Reader.begin,
    "End": _Reader.end,
    "Code": _Reader.code,
    "InlineHtml": _Reader.raw_inline,
    "Html": _Reader.raw,
    "FootnoteReference": _Reader.footnote,
}
