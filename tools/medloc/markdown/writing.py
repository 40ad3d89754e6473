"""Writes texts out as they are decided on: quantities as numbers, per-locale links as addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from medloc.markdown.inline import as_heading
from medloc.markdown.library import inline_events
from medloc.markdown.links import definition, folded
from medloc.markdown.placeholders import PLACEHOLDER

_SPECIAL = re.compile(r"([\\`*_~\[\]<>&{}])")


def write_out(
    text: str,
    values: Mapping[str, str],
    addresses: Mapping[str, str],
    *,
    tail: str = "",
    plain: bool = False,
) -> str:
    """Fill `{name}` with the values given, and turn `[text][label]` of the labels in `addresses`
    into `[text](<address>)`; everything else stays as it is.

    `tail` are the article's definitions (needed only where a label stands directly before another
    one). `plain` texts hold no Markdown. Hard breaks and quantities keep their places.

    >>> write_out("Take {dose}, [call][help].", {"dose": "5 mg"}, {"help": "tel:112"})
    'Take 5 mg, [call](<tel:112>).'
    """
    if addresses and not plain and "[" in text:
        text = _resolve(text, addresses, tail)
    if values and "{" in text:

        def value(found: re.Match[str]) -> str:
            written = values.get(found[1])
            if written is None:
                return found[0]
            return written if plain else _SPECIAL.sub(r"\\\1", written)

        text = PLACEHOLDER.sub(value, text)
    return text


def _resolve(text: str, addresses: Mapping[str, str], tail: str) -> str:
    """Replace references to per-locale labels, from the last to the first."""
    wanted = {folded(label): address for label, address in addresses.items()}
    lines = "".join(f"\n{definition(label, 'x')}\n" for label in wanted)
    # A hard break is two characters here and two in the heading, or the ranges would not fit.
    page = as_heading(text.replace("\\\n", "\\ "))
    data = page.encode()
    found: list[tuple[int, int, str]] = []
    for event, span in inline_events(page + tail + lines):
        if event.__class__ is str:
            continue
        [(name, value)] = event.items()  # type: ignore[union-attr]
        if name == "End" and value == {"Heading": "H1"}:
            break
        if name == "Start" and value.__class__ is dict:
            link: dict[str, Any] = value.get("Link") or value.get("Image") or {}
            address = wanted.get(folded(link.get("id", "")))
            kind = link.get("link_type")
            if address is not None and kind in ("Reference", "Collapsed", "Shortcut"):
                found.append(_replacement(data, span["start"], span["end"], kind, address))
    written = text.encode()
    for start, end, target in sorted(found, reverse=True):
        written = written[: start - 2] + target.encode() + written[end - 2 :]
    return written.decode()


def _replacement(
    data: bytes, start: int, end: int, kind: str, address: str
) -> tuple[int, int, str]:
    """What to put where: `[text]` stays, the label behind it becomes the address."""
    escaped = re.sub(r"([\\<>])", r"\\\1", address).replace("&", "&amp;")
    target = f"(<{escaped}>)"
    if kind == "Reference":
        return data.rindex(b"[", start, end), end, target
    if kind == "Collapsed" and data[end : end + 2] == b"[]":
        return end, end + 2, target
    return end, end, target
