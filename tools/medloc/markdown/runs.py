"""Collects the library's inline events into runs: one block of inline content after the other."""

from __future__ import annotations

import re
from typing import Any

from medloc.errors import ArticleError
from medloc.markdown.document import RUN_LIMIT, TEXT_LIMIT, InlineHtml, Run, Target
from medloc.markdown.folding import Break, after_line_end, fold
from medloc.phrases import Phrase, phrase

INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
_BACKSLASH = 0x5C
_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)


class RunReader:
    """The run that is open; the methods are called with each event's value and byte range."""

    def __init__(self, data: bytes, path: str, first_line: int) -> None:
        self.data, self.path = data, path
        self.inline_html: list[InlineHtml] = []
        self.targets: list[Target] = []
        self.references: list[tuple[str, int]] = []
        self.quotes = 0
        self.verbatim = False
        self._line, self._counted = first_line, 0
        self._count = self._images = self._pre = 0
        self._clear()

    def _clear(self) -> None:
        self._start, self._end = -1, 0
        self._open_break = False
        self._words: list[str] = []
        self._breaks: list[Break] = []
        self._notes: list[str] = []
        self._labels: list[str] = []

    def line(self, offset: int) -> int:
        """The file's line of a byte offset; fast as long as offsets mostly grow."""
        if offset >= self._counted:
            self._line += self.data.count(b"\n", self._counted, offset)
            self._counted = offset
            return self._line
        return self._line - self.data.count(b"\n", offset, self._counted)

    def text(self, value: str, start: int, end: int) -> None:
        if self.verbatim:
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

    def tag(self, value: str, start: int, end: int) -> None:
        self._grow(start, end)
        self.inline_html.append(InlineHtml(value, self.line(start)))
        self.track_pre(value)

    def footnote(self, value: str, start: int, end: int) -> None:
        self._grow(start, end)
        self._notes.append(self.data[start:end].decode().rstrip())
        self.references.append((value, self.line(start)))

    def line_end(self, start: int, end: int, *, hard: bool) -> None:
        """A soft or hard break; before a run there is none to keep."""
        if self._start < 0:
            return
        if self._open_break:  # a line that holds nothing but a backslash
            self._breaks[-1] = self._breaks[-1]._replace(end=start)
        # The text of an image is an attribute: no line break can stand in it.
        self._breaks.append(Break(start, end, hard and not self._images, self._pre > 0))
        self._open_break = True
        self._words.append(" ")

    def begin_inline(self, name: str, value: Any, start: int, end: int) -> None:
        """A mark (`value` None), or a link or image with its address."""
        self._grow(start, end)
        if value is None or value["link_type"] == "Email":
            return
        kind = value["link_type"]
        if isinstance(kind, str) and kind.endswith("Unknown"):  # only per-locale links are
            self._labels.append(value["id"])
        else:
            self.targets.append(Target(value["dest_url"], self.line(start), name == "Image"))
        self._images += name == "Image"

    def end_inline(self, name: str) -> None:
        self._images -= name == "Image"
        if self._open_break:  # `![` + line end + `](address)`: no text follows inside
            line_end = self._breaks[-1]
            after = after_line_end(self.data, line_end.end - 1, self.quotes)
            self._breaks[-1] = line_end._replace(end=after)
            self._open_break = False

    def take(self, kind: str) -> Run | None:
        """End the run that is open, if any."""
        if self._start < 0:
            return None
        self._count += 1
        if self._count > RUN_LIMIT:
            raise self.trouble(
                self._start,
                phrase("the article has more than {run_limit} blocks of text", run_limit=RUN_LIMIT),
                phrase("Split it."),
            )
        if self.data.startswith(b"[]", self._end):
            self._end += 2  # the range of a last `[who][]` leaves out these two
        breaks = self._breaks[:-1] if self._open_break else self._breaks
        text = fold(self.data, self._start, self._end, breaks, self.quotes)
        if kind == "cell":
            text = text.replace("\\|", "|")  # only tables need the backslash, even in code
        run = Run(
            kind,
            text,
            "".join(self._words),
            self.line(self._start),
            self._start,
            self._end,
            tuple(self._notes),
            tuple(dict.fromkeys(self._labels)),
        )
        self._clear()
        return run

    def track_pre(self, raw: str) -> None:
        """Follow raw <pre> tags: line ends inside them show."""
        for found in _PRE.finditer(raw):
            self._pre = max(0, self._pre + (-1 if found[1] else 1))

    def trouble(self, offset: int, found: str, advice: str) -> ArticleError:
        return ArticleError(
            Phrase("{found}.", {"found": found}),
            path=self.path,
            line=self.line(offset),
            advice=advice,
        )

    def _grow(self, start: int, end: int) -> None:
        if self._start < 0:
            self._start = start
        elif self._open_break:
            self._breaks[-1] = self._breaks[-1]._replace(end=start)
        self._open_break = False
        if end > self._end:
            self._end = end
            if end - self._start > TEXT_LIMIT:  # at once: more events only cost time
                raise self.trouble(
                    self._start,
                    phrase(
                        "a block of text has more than {text_limit} bytes", text_limit=TEXT_LIMIT
                    ),
                    phrase("Split it."),
                )
