"""The body of a page made fit for paper: absolute addresses, blocks side by side, links to read."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_LINK = re.compile(
    r'<a(?P<before>[^>]*?) href="(?P<href>[^"]*)"(?P<after>[^>]*)>(?P<text>.*?)</a>', re.S
)
_TAG = re.compile(r"<[^>]*>")
_ISOLATED = re.compile(r"<bdi>(.*?)</bdi>", re.DOTALL)
_ID = re.compile(r' id="[^"]*"')
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})


def with_addresses(body: str, address: str) -> str:
    """Links that lead off the page with their absolute address; text where there is none.

    `address` is the page's own, empty when the site has none.

    >>> with_addresses('<a href="../b/index.html">B</a> <a href="#c">C</a>', "https://x.org/en/a/")
    '<a href="https://x.org/en/b/">B</a> <a href="#c">C</a>'
    >>> with_addresses('<a href="../b/index.html">B</a>', "")
    '<a>B</a>'
    """

    def replace(found: re.Match[str]) -> str:
        href = entities.unescape(found["href"])
        if href.startswith("#"):
            return found[0]
        if not urlsplit(href).scheme:
            href = _without_index(urljoin(address, href)) if address else ""
        given = f' href="{entities.escape(href)}"' if href else ""
        return f"<a{found['before']}{given}{found['after']}>{found['text']}</a>"

    return _LINK.sub(replace, body)


def links_of(body: str) -> tuple[tuple[str, str], ...]:
    """(text, address) of the links that lead off the page, in order, each once: what a reader of
    paper cannot press. Telephone numbers and mail addresses are given as they are dialled.

    >>> links_of('<a href="tel:112">Call <em>112</em></a> <a href="#x">here</a>')
    (('Call 112', '112'),)
    """
    found: dict[tuple[str, str], None] = {}
    for link in _LINK.finditer(body):
        href = entities.unescape(link["href"])
        if href.startswith("#"):
            continue
        text = " ".join(entities.unescape(_TAG.sub("", link["text"])).split())
        address = re.sub(r"\A(?:tel|mailto):", "", href)
        if text != address:
            found[text, address] = None
    return tuple(found)


def with_directions(body: str) -> str:
    """Isolated values with their direction written out, which WeasyPrint does not work out: that of
    the first strong character, left to right without one.

    >>> with_directions("<bdi>5–8 Hz</bdi> <bdi>5 مغم</bdi>")
    '<bdi dir="ltr">5–8 Hz</bdi> <bdi dir="rtl">5 مغم</bdi>'
    """

    def replace(found: re.Match[str]) -> str:
        kinds = (unicodedata.bidirectional(char) for char in entities.unescape(found[1]))
        strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
        return f'<bdi dir="{"ltr" if strong == "L" else "rtl"}">{found[1]}</bdi>'

    return _ISOLATED.sub(replace, body)


def without_ids(body: str) -> str:
    """HTML that can stand a second time in a document: without the ids, which lead to the first."""
    return _ID.sub("", body)


def blocks(body: str) -> tuple[str, ...]:
    """The top-level elements of a body, in order.

    >>> blocks("<h2>A</h2>\\n<ul><li>b</li></ul><hr />")
    ('<h2>A</h2>', '<ul><li>b</li></ul>', '<hr />')
    """
    reader = _Blocks(body)
    reader.feed(body)
    reader.close()
    return tuple(reader.found)


class _Blocks(HTMLParser):
    """Notes where elements at the top begin and end."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._body, self._depth, self._start = body, 0, 0
        self._lines = [0]
        for line in body.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self._start = self._here()
        if tag in _VOID:
            if self._depth == 0:
                self._end()
        else:
            self._depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._depth -= 1
        if self._depth == 0:
            self._end()

    def _end(self) -> None:
        end = self._body.index(">", self._here()) + 1
        self.found.append(self._body[self._start : end])


def _without_index(address: str) -> str:
    before, mark, fragment = address.partition("#")
    return before.removesuffix("index.html") + mark + fragment
