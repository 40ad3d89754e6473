"""The one door to polib: what it reads in a file that another tool wrote.

Law: a file that our grammar and polib read differently is refused, so nothing is approved that
another tool would show as something else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import polib

from medloc.catalogs.grammar import excerpt
from medloc.errors import CatalogError
from medloc.model import Entry
from medloc.phrases import phrase

# All that polib 1.2 was seen to raise on damaged files.
_POLIB_ERRORS = (OSError, ValueError, LookupError, AttributeError, TypeError)


def compare_with_polib(plain: str, entries: Sequence[Entry], *, path: str) -> None:
    """Let polib read `plain`, which must hold exactly `entries` in that order, headers left out.

    `plain` has every text on one line: polib joins lines in quadratic time. It reads by path:
    given a text, it loses characters before U+2028. Raises CatalogError with the line of the
    first entry that comes out differently.
    """
    with tempfile.TemporaryDirectory(prefix="medloc-") as folder:
        file = Path(folder) / "catalog.po"
        file.write_bytes(plain.encode())
        try:
            theirs = polib.pofile(str(file), encoding="utf-8", wrapwidth=0)
        except _POLIB_ERRORS as error:
            raise CatalogError(
                phrase("polib cannot read the file: {words}.", words=excerpt(str(error))),
                path=path,
                advice=phrase("Compare it with an earlier version."),
            ) from error
    ours = [entry for entry in entries if entry.msgid]
    for entry, other in zip(ours, theirs, strict=False):
        if _seen_by_polib(other) != _seen_by_us(entry):
            raise _disagreement(path, entry.line)
    if len(ours) != len(theirs):
        raise _disagreement(path, 0)


def _disagreement(path: str, line: int) -> CatalogError:
    return CatalogError(
        phrase("two readers take this entry for different texts."),
        path=path,
        line=line,
        advice=phrase("Write it anew; please report the file."),
    )


def _seen_by_us(entry: Entry) -> tuple[object, ...]:
    forms = dict(enumerate(entry.msgstr_plural))
    plural = entry.msgid_plural or ""
    return (entry.context, entry.msgid, plural, entry.msgstr, forms, entry.obsolete, entry.fuzzy)


def _seen_by_polib(entry: polib.POEntry) -> tuple[object, ...]:
    return (
        entry.msgctxt or "",
        entry.msgid,
        entry.msgid_plural or "",
        entry.msgstr,
        entry.msgstr_plural,
        bool(entry.obsolete),
        "fuzzy" in entry.flags,
    )
