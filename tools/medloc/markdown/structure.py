"""What a text is made of besides words, so that a wording can be held to its source.

Law: a wording whose structure equals the source's renders to the same elements with the same
addresses, code, classes and attributes; only words and their order differ.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from medloc.markdown.characters import BREAK, END_OF_TEXT
from medloc.markdown.inline import as_heading
from medloc.markdown.library import inline_events
from medloc.markdown.links import definition, folded
from medloc.markdown.placeholders import placeholders
from medloc.phrases import phrase

Part = tuple[str, ...]
"""A part by kind: ("emphasis",), ("code", text), ("link", address, title), ("tag", name, ...)."""

_MARKS = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strikethrough"}
_TAG_MARKS = {"em": "emphasis", "strong": "strong", "del": "strikethrough", "s": "strikethrough"}
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)(.*?)\s*/?>\Z", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"""\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""", re.DOTALL
)
VOID_TAGS = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})  # fmt: skip
_LOCALE_LINK = "locale-link"


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of a text and how often each occurs; whether its tags nest; what it may not hold.

    `shows` is false when a reader would see nothing; `literal_stars` is true when `*` or `_`
    stayed text, which a hint can explain.
    """

    parts: Mapping[Part, int]
    nests: bool = True
    trouble: str = ""
    literal_stars: bool = False
    shows: bool = True


@lru_cache(maxsize=1 << 14)
def inline_structure(
    text: str, *, tail: str = "", links: frozenset[str] = frozenset(), quantities: bool = False
) -> Structure:
    """The comparable structure of inline Markdown.

    `tail` are the article's definitions (`Skeleton.tail`), `links` the labels of its per-locale
    links, `quantities` whether `{name}` is a placeholder in it.

    >>> inline_structure("*Do* **not** [stop](https://a.b)").parts == inline_structure(
    ...     "[Arrête](https://a.b) <em>non</em> **pas**").parts
    True
    """
    reader = _Reader(links)
    wanted = ""
    if "[" in text:
        wanted = tail + "".join(f"\n{definition(label, _LOCALE_LINK)}\n" for label in sorted(links))
    page = as_heading(text)
    for event, span in inline_events(page + wanted):
        if event.__class__ is str:
            continue
        [(name, value)] = event.items()  # type: ignore[union-attr]
        if name == "End" and value == {"Heading": "H1"}:
            break
        reader.read(name, value, span["start"], span["end"])
    return reader.structure(text, page, quantities=quantities)


class _Reader:
    def __init__(self, links: frozenset[str]) -> None:
        self.links = {folded(label) for label in links}
        self.parts: Counter[Part] = Counter()
        self.nests = True
        self.trouble = ""
        self.shown: list[tuple[str, int, int]] = []
        self._open: list[str] = []
        self._links: list[tuple[Part, int]] = []
        self._images = 0
        self._seen = 0

    def read(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "Text":
            if self._images:
                self._check_break(value, phrase("the text of an image"))
            else:
                self.shown.append((value, start, end))
            if value.replace(END_OF_TEXT, "").strip():
                self._seen += 1
        elif name == "Start":
            self._begin(value)
        elif name == "End":
            self._end(value)
        elif name == "Code":
            self.parts["code", value] += 1
            self._seen += 1
            self._check_break(value, phrase("code"))
        elif name == "FootnoteReference":
            self.parts["footnote", value] += 1
            self._seen += 1
        elif name == "InlineHtml":
            self._check_break(value, phrase("a tag"))
            self._tag(value)

    def structure(self, text: str, page: str, *, quantities: bool) -> Structure:
        if self._open:
            self.nests = False
        if quantities and "{" in text:
            self._count_placeholders(text, page)
        stars = any("*" in shown or "_" in shown for shown, _, _ in self.shown)
        return Structure(dict(self.parts), self.nests, self.trouble, stars, self._seen > 0)

    def _begin(self, tag: Any) -> None:
        if tag.__class__ is str:
            mark = _MARKS.get(tag)
            if mark:
                self.parts[mark,] += 1
                self._open.append(f"*{tag}")
            return
        [(name, value)] = tag.items()
        if name not in ("Link", "Image"):
            return
        self._check_break(value["dest_url"] + value["title"], phrase("an address or its title"))
        part = self._target(name.lower(), value)
        self.parts[part] += 1
        if name == "Image":
            self._images += 1
            self._seen += 1
        else:
            self._open.append("*Link")
            self._links.append((part, self._seen))

    def _end(self, tag: Any) -> None:
        if tag == "Image":
            self._images -= 1
        elif tag == "Link":
            self._close("*Link")
            part, seen = self._links.pop()
            if seen == self._seen:
                self.parts["empty", *part] += 1
        elif tag.__class__ is str and tag in _MARKS:
            self._close(f"*{tag}")

    def _target(self, kind: str, value: dict[str, Any]) -> Part:
        label = folded(value["id"])
        if value["link_type"] not in ("Inline", "Autolink", "Email") and label in self.links:
            # A link written as an image would show a broken picture for an emergency call.
            return (_LOCALE_LINK, label) if kind == "link" else (_LOCALE_LINK, label, kind)
        address = value["dest_url"]
        return (
            kind,
            f"mailto:{address}" if value["link_type"] == "Email" else address,
            value["title"],
        )

    def _tag(self, raw: str) -> None:
        tag = _TAG.match(raw)
        if tag is None:
            self.parts["tag", raw] += 1
            return
        closing, name, rest = tag[1], tag[2].lower(), tag[3]
        if closing:
            if name not in _TAG_MARKS:
                self.parts["tag", f"/{name}"] += 1
            self._close(name)
            return
        attributes = tuple(
            f"{key.lower()}={entities.unescape(value.strip(chr(34) + chr(39)))}"
            for key, value in _ATTRIBUTE.findall(rest)
        )
        if not attributes and name in _TAG_MARKS:
            self.parts[_TAG_MARKS[name],] += 1
        else:
            self.parts["tag", name, *sorted(attributes)] += 1
        if name not in VOID_TAGS:
            self._open.append(name)
        elif name == "img":
            self._seen += 1

    def _close(self, name: str) -> None:
        if self._open and self._open[-1] == name:
            self._open.pop()
            return
        self.nests = False
        if name in self._open:
            self._open.remove(name)

    def _check_break(self, value: str, where: str) -> None:
        if BREAK in value:
            self.trouble = phrase("a line break stands inside {where}", where=where)

    def _count_placeholders(self, text: str, page: str) -> None:
        """Only what is text on the page is a placeholder; anything else would be filled in vain."""
        data = page.encode()
        pieces: list[str] = []
        position = -1
        for shown, start, end in self.shown:
            as_written = data[start:end].decode() == shown
            if not as_written or start != position:
                pieces.append("\\" if data[start - 1 : start] == b"\\" else "\n")
            pieces.append(shown)
            position = end if as_written else -1
        seen = Counter(placeholders("".join(pieces)))
        for name, count in seen.items():
            self.parts["placeholder", name] += count
        astray = (Counter(placeholders(text)) - seen) + (seen - Counter(placeholders(text)))
        for name in astray:
            self.trouble = phrase(
                "`{quantity}` stands in code, in an address or in the text of an image",
                quantity=f"{{{name}}}",
            )
