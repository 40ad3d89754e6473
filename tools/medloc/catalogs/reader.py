"""Reading: bytes to a Catalog, by the strict pattern if it fits, else line by line and by polib."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from medloc import files
from medloc.catalogs.canonical import read_canonical
from medloc.catalogs.foreign import read_foreign
from medloc.catalogs.grammar import refuse_characters
from medloc.catalogs.headers import convert_advice, plural_count, read_headers
from medloc.catalogs.second_opinion import compare_with_polib
from medloc.errors import CatalogError, MedlocError
from medloc.model import Catalog, Entry, Notice
from medloc.phrases import phrase

MAX_BYTES = 32 * 1024 * 1024

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_DECLARED = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")


def read_catalog(path: Path, *, name: str) -> Catalog:
    """Read a PO file; `name` is the path that messages and the catalog carry.

    Raises CatalogError with the line, what was found and what to do.
    """
    try:
        data = files.read(path, name=name, limit=MAX_BYTES)
    except MedlocError as error:
        raise CatalogError(error.found, path=name, advice=error.advice) from error
    return parse_catalog(data, path=name)


def parse_catalog(data: bytes, *, path: str) -> Catalog:
    """The catalog in these bytes; a byte order mark and CRLF are normalised with a notice.

    Raises CatalogError for everything that two tools could read in two ways.

    >>> header = b'msgid ""\\nmsgstr "Content-Type: text/plain; charset=UTF-8\\\\n"\\n'
    >>> catalog = parse_catalog(header + b'\\nmsgid "Rest"\\nmsgstr "Ruhe"\\n', path="de.po")
    >>> [(entry.msgid, entry.msgstr, entry.line) for entry in catalog.entries]
    [('Rest', 'Ruhe', 4)]
    """
    text, notices = _decode(data, path)
    refuse_characters(text, path=path)
    entries = read_canonical(text, path=path)
    if entries is not None:
        return _assemble(entries, path, notices)
    foreign = read_foreign(text, path=path)
    catalog = _assemble(foreign.entries, path, notices + foreign.notices)
    compare_with_polib(foreign.plain, catalog.entries, path=path)
    return catalog


def _decode(data: bytes, path: str) -> tuple[str, tuple[Notice, ...]]:
    """UTF-8 text with line feeds only, and notices of what had to be normalised for that."""
    if len(data) > MAX_BYTES:
        raise CatalogError(
            phrase(
                "the file has {count} bytes; at most {limit} are read.",
                count=f"{len(data):,}",
                limit=f"{MAX_BYTES:,}",
            ),
            path=path,
            advice=phrase("Split the article."),
        )
    if data.startswith(_WIDE):
        raise CatalogError(
            phrase("the file is in UTF-16 or UTF-32."),
            path=path,
            line=1,
            advice=phrase("Convert it: iconv -f UTF-16 -t UTF-8."),
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(data)
        raise CatalogError(
            phrase("the byte 0x{byte} is not UTF-8.", byte=f"{data[error.start]:02X}"),
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
            advice=convert_advice(declared[1].decode() if declared else ""),
        ) from error
    notices: list[Notice] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        notices.append(Notice(path, 1, phrase("a byte order mark was taken away")))
    if "\r\n" in text:
        line = text.count("\n", 0, text.index("\r\n")) + 1
        text = text.replace("\r\n", "\n")
        notices.append(
            Notice(path, line, phrase("Windows line ends (CRLF) were made plain ones (LF)"))
        )
    return text, tuple(notices)


def _assemble(entries: Sequence[Entry], path: str, notices: tuple[Notice, ...]) -> Catalog:
    """Take the header out and refuse what only shows in the whole: twins, headers, plurals."""
    header: Entry | None = None
    seen: dict[tuple[str, str], int] = {}
    others: list[Entry] = []
    for entry in entries:
        key = entry.key
        if key in seen:
            raise _twin(entry, seen[key], path)
        seen[key] = entry.line
        if entry.msgid:
            others.append(entry)
        elif key == ("", "") and not entry.obsolete and entry.msgid_plural is None:
            header = entry
        else:
            raise CatalogError(
                phrase("a message without text (an empty msgid); only the header may have none."),
                path=path,
                line=entry.line,
                advice=phrase("Remove this entry."),
            )
    if header is None:
        raise CatalogError(
            phrase("there is no header entry (an empty msgid at the top); text may be missing."),
            path=path,
            line=1,
            advice=phrase("Restore the file, or delete it and run `medloc sync` to get a new one."),
        )
    headers = read_headers(header, path=path)
    _refuse_plurals(others, plural_count(headers), path)
    return Catalog(
        path=path,
        headers=headers,
        header_comment=header.translator_comments + header.comments,
        entries=tuple(others),
        header_fuzzy=header.fuzzy,
        notices=notices,
    )


def _twin(entry: Entry, first: int, path: str) -> CatalogError:
    if not entry.msgid and not entry.context:
        return CatalogError(
            phrase("a second header; the first is on line {line}.", line=first),
            path=path,
            line=entry.line,
            advice=phrase("Remove one of them; two files may have been put together."),
        )
    found = (
        phrase(
            '"{words}" under "{context}" is here a second time; the first is on line {line}.',
            words=entry.msgid[:60],
            context=entry.context,
            line=first,
        )
        if entry.context
        else phrase(
            '"{words}" is here a second time; the first is on line {line}.',
            words=entry.msgid[:60],
            line=first,
        )
    )
    return CatalogError(
        found,
        path=path,
        line=entry.line,
        advice=phrase("Keep the entry with the right translation and remove the other."),
    )


def _refuse_plurals(entries: Sequence[Entry], count: int | None, path: str) -> None:
    """Refuse plural entries whose forms are not as many as the header says."""
    if count is None:
        return
    for entry in entries:
        if entry.msgid_plural is not None and len(entry.msgstr_plural) != count:
            raise CatalogError(
                phrase(
                    "{count} plural forms where the header says {wanted}.",
                    count=len(entry.msgstr_plural),
                    wanted=count,
                ),
                path=path,
                line=entry.line,
                advice=phrase("Write msgstr[0] to msgstr[{count}].", count=count - 1),
            )
