"""Takes the titles of links and pictures out: they are the author's, and nobody translates them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medloc.markdown.inline import as_heading
from medloc.markdown.library import definitions, inline_events
from medloc.markdown.links import definition


@dataclass(slots=True)
class _Open:
    """A link that is open: where the part between its brackets ends, and what follows that."""

    inner: int
    end: int
    target: str


def without_titles(text: str) -> str:
    """Inline Markdown whose links and pictures are as they were but for their titles.

    >>> without_titles('[OMS](https://who.int "the WHO") y ![](a.svg)')
    '[OMS](<https://who.int>) y ![](a.svg)'
    """
    if "](" not in text:
        return text
    page = as_heading(text.replace("\\\n", "\\ "))  # the same length: ranges fit both
    waiting: list[_Open] = []
    cuts: list[tuple[int, int, str]] = []
    for event, span in inline_events(page):
        name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        if (name, value) == ("End", {"Heading": "H1"}):
            break
        end = span["end"]
        if name == "Start" and isinstance(value, dict) and ("Link" in value or "Image" in value):
            inner = span["start"] + len("![" if "Image" in value else "[")
            waiting.append(_Open(inner, end, _target(value.get("Link") or value["Image"])))
            continue
        if name == "End" and value in ("Link", "Image"):
            link = waiting.pop()
            if link.target:
                cuts.append((link.inner, link.end, link.target))
            end = link.end
        if waiting and name != "Start":
            waiting[-1].inner = max(waiting[-1].inner, end)
    written = text.encode()
    for start, end, target in sorted(cuts, reverse=True):
        written = written[: start - 2] + target.encode() + written[end - 2 :]
    return written.decode()


def _target(link: dict[str, Any]) -> str:
    """What is written behind the text of a link; empty for one that may stay as it is."""
    if link["link_type"] != "Inline" or not link["title"]:
        return ""
    return "](" + definition("x", link["dest_url"]).partition(": ")[2] + ")"


def untitled_definitions(body: str) -> list[tuple[int, int, str]]:
    """(start, end, text) in bytes of every link definition with a title, and what it is without."""
    return [
        (one.start, one.end, definition(one.label, one.address))
        for one in definitions(body)
        if one.title
    ]
