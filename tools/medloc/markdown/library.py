"""The one door to pyromark (pulldown-cmark): the options, the page call and the events.

Offsets are bytes into the UTF-8 text, as the library counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyromark import Markdown, Options
from pyromark.event import BrokenLink, Event, Range

from medloc.markdown.links import folded

_INLINE_OPTIONS = Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_GFM
_OPTIONS = (
    _INLINE_OPTIONS
    | Options.ENABLE_TABLES
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_DEFINITION_LIST
)

NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference definition: label as written, decoded address and title, byte offsets."""

    label: str
    address: str
    title: str
    start: int
    end: int


def html(text: str, *, links: Mapping[str, str] = NO_LINKS) -> str:
    """Render a whole body: the single library call that a source page is.

    `links` gives addresses of labels that the text itself does not define.

    >>> html("Take **one**.")
    '<p>Take <strong>one</strong>.</p>\\n'
    """
    return _parser(_frozen(links)).html(text)


def events(text: str, *, links: Mapping[str, str] = NO_LINKS) -> Iterator[tuple[Event, Range]]:
    """The events of a whole body, in document order, with their byte ranges."""
    return _parser(_frozen(links)).events_with_range(text)


def definitions(text: str) -> tuple[Definition, ...]:
    """Every link reference definition of a body, in document order."""
    found = _parser(()).reference_definitions(text)
    return tuple(
        Definition(
            label, link["dest"], link["title"] or "", link["span"]["start"], link["span"]["end"]
        )
        for label, link in found.items()
    )


def inline_events(text: str) -> Iterator[tuple[Event, Range]]:
    """Events with the options of inline rendering: no tables, attributes or definition lists."""
    return _INLINE.events_with_range(text)


def inline_page(text: str) -> str:
    """HTML with the options of inline rendering."""
    return _INLINE.html(text)


_INLINE = Markdown(options=_INLINE_OPTIONS)


def _frozen(links: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(links.items())) if links else ()


@lru_cache(maxsize=64)
def _parser(links: tuple[tuple[str, str], ...]) -> Markdown:
    if not links:
        return Markdown(options=_OPTIONS)
    addresses = {folded(label): address for label, address in links}

    def resolve(link: BrokenLink) -> tuple[str, str] | None:
        address = addresses.get(folded(link["reference"]))
        return None if address is None else (address, "")

    return Markdown(options=_OPTIONS, broken_link_callback=resolve)
