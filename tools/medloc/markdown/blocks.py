"""Writes a text back into an article's body: as the block it stands for, and as nothing else.

A wording is approved as inline Markdown. At the beginning of a line `1. `, `- ` or `#` would be
read as a list or a heading; there they get a backslash, as does whatever else is no word there.
"""

from __future__ import annotations

import re

_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_OUTER_BREAKS = re.compile(r"\A(?:\s*\\\n)+|(?<!\\)((?:\\\\)*)(?:\\\n\s*)+\Z")
_ISOLATE = re.compile("\u2068([^\u2068\u2069]*)\u2069")
_LAST_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")

# What makes a line more than words; the backslash goes where the match ends.
_STARTS = (
    re.compile(r"(?=(?:[-+*]|#{1,6})(?:\s|\Z))"),  # lists, headings
    re.compile(r"\d{1,9}(?=[.)](?:\s|\Z))"),  # numbered lists
    re.compile(r"(?=>|:|\[!\w+\])"),  # quotes, definitions, call-outs
    re.compile(r"(?=[-=|:][-=|:\s]*\Z)"),  # lines below headings, rows below the head of a table
    re.compile(r"(?=([*_-])(?:[ \t]*\1){2,}[ \t]*\Z)"),  # rules
    re.compile(r"(?=<[!?](?![^>]*>))"),  # declarations, comments
    re.compile(r"\[(?:[^\[\]\\]|\\.)+\](?=:)"),  # definitions of links and footnotes
)
_FENCE = re.compile(r"~{3,}|`{3,}(?=[^`]*\Z)")
_CLOSING = re.compile(r"(?<!\S)(?=#+\s*\Z)")
_ATTRIBUTES = re.compile(r"\{(?=[^{}]*\}\s*\Z)")


def as_block(text: str, kind: str, *, prefix: str = "") -> str:
    """Inline Markdown as it can stand in an article as a block of that kind.

    `kind` is that of a run: paragraph, item, cell, term, definition, heading ("# ..." on one line)
    or underlined (a heading with a line below it); `prefix` is what lines after the first begin
    with in the containers around. Quantities that are isolated from right-to-left words become
    <bdi>.

    >>> as_block("1. May: rest", "paragraph"), as_block("C #", "heading"), as_block("a|b", "cell")
    ('1\\\\. May: rest', 'C \\\\#', 'a\\\\|b')
    >>> as_block("Rest\\\\\\n- now", "item", prefix="  ")
    'Rest\\\\\\n  \\\\- now'
    """
    text = _ISOLATE.sub(r"<bdi>\1</bdi>", text)
    text = _OUTER_BREAKS.sub(r"\1", text).strip(" \t\n")  # there they show nothing
    if _LAST_BACKSLASH.search(text):
        text += "\\"
    if kind in ("heading", "underlined"):
        text = _ATTRIBUTES.sub("&#123;", text)
    if kind == "cell":
        return _HARD_BREAK.sub(r"\1<br /> ", text.replace("\\|", "|").replace("|", "\\|"))
    if kind == "heading":
        return _CLOSING.sub(r"\\", _HARD_BREAK.sub(r"\1<br /> ", text))
    lines = [_as_line(line.lstrip(" \t")) for line in text.split("\n")]
    return f"\n{prefix}".join(lines)


def _as_line(line: str) -> str:
    fence = _FENCE.match(line)
    if fence:
        return "".join(f"\\{sign}" for sign in fence[0]) + line[fence.end() :]
    for start in _STARTS:
        found = start.match(line)
        if found:
            return f"{line[: found.end()]}\\{line[found.end() :]}"
    return line
