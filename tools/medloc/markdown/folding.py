"""The text of a run: its source lines joined into one, without the prefixes of containers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_BACKSLASH = 0x5C
_SENSITIVE = (b"\\", b"*", b"_", b"~")
_ANGLE = re.compile(rb"\]\(\s*<[^<>]*>")
_ANGLE_ACROSS_LINES = re.compile(rb"\]\(\s*<[^<>]*\n[^<>]*>")


class Break(NamedTuple):
    """A line end the library reports: from the end of the text before it to the text after it.

    `kept` line ends stand in a raw <pre>, where they mean something.
    """

    start: int
    end: int
    hard: bool
    kept: bool


def fold(data: bytes, start: int, end: int, breaks: Sequence[Break], quotes: int) -> str:
    """The run `data[start:end]` on one line; a hard break is a backslash and a line feed.

    `quotes` is how many block quotes the run stands in: line ends that are no break of their own
    (inside code, addresses and tags) lose at most that many `>`.
    """
    if data.find(b"\n", start, end) < 0:
        return data[start:end].decode().rstrip(" \t")
    prefix = _prefix(quotes)
    pieces = []
    position = start
    for line_end in breaks:
        piece = prefix.sub(b" ", data[position : line_end.start])
        if data[line_end.start] == _BACKSLASH:
            pieces.append(piece + (b"\\\n" if line_end.hard else b" "))
            position = line_end.end
            continue
        piece = piece.rstrip(b" \t")
        if line_end.hard:
            # Two blanks ended the line. What stands before them must not see a backslash instead:
            # a backslash would be escaped, a `**` could open.
            pieces.append(piece + (b" \\\n" if piece.endswith(_SENSITIVE) else b"\\\n"))
        else:
            pieces.append(piece + (b"&#10;" if line_end.kept else b" "))
        position = line_end.end
    pieces.append(prefix.sub(b" ", data[position:end]))
    return _keep_literal(data[start:end], b"".join(pieces), prefix).decode().rstrip(" \t")


def _keep_literal(source: bytes, text: bytes, prefix: re.Pattern[bytes]) -> bytes:
    """`[a](<b` + line end + `c>)` is no link; on one line it would be, so it is escaped."""
    if b"](" not in source:
        return text
    lines = prefix.sub(b"\n", source)
    literal = {
        re.sub(rb"[ \t]*\n", b" ", found[0]) for found in _ANGLE_ACROSS_LINES.finditer(lines)
    }
    if not literal:
        return text
    return _ANGLE.sub(lambda m: b"]\\" + m[0][1:] if m[0] in literal else m[0], text)


def after_line_end(data: bytes, position: int, quotes: int) -> int:
    """Where the text of a line begins whose predecessor ends at `position` (its line feed)."""
    found = _prefix(quotes).match(data, position)
    return found.end() if found else position


@lru_cache(maxsize=128)
def _prefix(quotes: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ \t]*(?:>[ \t]*){0,%d}" % quotes)
