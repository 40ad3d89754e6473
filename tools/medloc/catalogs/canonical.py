"""The fast reader: one pattern over a whole entry, for files as our writer and gettext write them.

It gives the entries or None; whatever it does not fit is the other reader's, never a guess.
"""

from __future__ import annotations

import re

from medloc.catalogs.grammar import STRING, Comments, read_comments, unquote
from medloc.model import Entry

_COMMENTS = r"((?:#(?:[^~\n][^\n]*)?\n)*+)"


def _pattern(prefix: str) -> re.Pattern[str]:
    strings = rf"({STRING}(?:\n{prefix}{STRING})*+)"
    comments = _COMMENTS if not prefix else r"((?:#(?:(?:[^~\n]|~\|)[^\n]*)?\n)*+)"
    return re.compile(
        rf"{comments}(?:{prefix}msgctxt {strings}\n)?{prefix}msgid {strings}\n"
        rf"{prefix}msgstr {strings}(?:\n++|\Z)"
    )


_ACTIVE = _pattern("")
_OBSOLETE = _pattern("#~ ")


def read_canonical(text: str, *, path: str) -> list[Entry] | None:
    """All entries, the header among them; None if any part does not fit the pattern.

    Raises CatalogError where a `#|` line holds no string.
    """
    entries: list[Entry] = []
    # Most entries of a file share their few comment blocks, so a block is read once.
    known: dict[str, Comments] = {"": Comments()}
    position, line, end = 0, 1, len(text)
    for pattern, obsolete in ((_ACTIVE, False), (_OBSOLETE, True)):
        while position < end and (match := pattern.match(text, position)):
            block, context, msgid, msgstr = match.groups()
            comments = known.get(block)
            if comments is None:
                comments = read_comments(enumerate(block.split("\n")[:-1], line), path=path)
                known[block] = comments
            if obsolete:
                context, msgid, msgstr = _bare(context), _bare(msgid), _bare(msgstr)
            first = line + (block.count("\n") if block else 0)
            entries.append(
                make_entry(
                    unquote(context) if context else "",
                    unquote(msgid),
                    unquote(msgstr),
                    comments,
                    obsolete,
                    first,
                )
            )
            line += text.count("\n", position, match.end())
            position = match.end()
    return entries if position == end and entries else None


def _bare(strings: str | None) -> str:
    """Strings of an obsolete entry without the marks at the line beginnings."""
    return strings.replace("\n#~ ", "\n") if strings else ""


def make_entry(
    context: str, msgid: str, msgstr: str, comments: Comments, obsolete: bool, line: int
) -> Entry:
    """An entry with a single wording; `line` is that of its first keyword."""
    (
        extracted,
        translator,
        references,
        flags,
        sticky,
        fuzzy,
        old_context,
        old_msgid,
        old_plural,
    ) = comments
    return Entry(
        context,
        msgid,
        msgstr,
        # Without words nothing is stale; gettext drops the flag, too.
        fuzzy and bool(msgstr),
        obsolete,
        extracted,
        translator,
        references,
        flags,
        old_context,
        old_msgid,
        None,
        (),
        line,
        sticky,
        old_plural,
    )
