"""Writing: a Catalog to the bytes that `msgcat --no-wrap` would leave as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter

from medloc.catalogs.grammar import (
    FORBIDDEN_IN_COMMENTS,
    FORBIDDEN_IN_TEXTS,
    character_name,
    excerpt,
    settled_comment,
)
from medloc.catalogs.headers import header_text
from medloc.catalogs.reader import parse_catalog
from medloc.errors import CatalogError
from medloc.model import Catalog, Entry
from medloc.phrases import phrase

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_TO_ESCAPE = re.compile(r'[\\"\n\t\r]')

# The order in which gettext 0.21 writes flags, whatever order it read them in.
_FORMATS = (  # noqa: SIM905 (a list would take thirty lines)
    "c objc sh python python-brace lisp elisp librep scheme smalltalk java java-printf csharp "
    "javascript awk object-pascal ycp tcl perl perl-brace php gcc-internal gfc-internal qt "
    "qt-plural kde kde-kuit boost lua ruby"
).split()
_FLAGS = {f"{no}{name}-format": rank for rank, name in enumerate(_FORMATS) for no in ("", "no-")}

# Everything of an entry but its line, which is where it was read and nothing that is written.
what_is_written = attrgetter(*(name for name in Entry.__slots__ if name != "line"))


def write_catalog(catalog: Catalog) -> bytes:
    """The canonical file: header, entries in their order, obsolete ones last; UTF-8, LF, unwrapped.

    What is given back was read again and held the same catalog. Raises CatalogError, naming the
    entry, for what no reader would take: control characters, twins, a comment of two lines.
    """
    return write_and_read(catalog)[0]


def write_and_read(catalog: Catalog) -> tuple[bytes, Catalog]:
    """What `write_catalog` gives back, and the catalog that was read from it for proof."""
    data, catalog, entries = _spelled(catalog)
    again = parse_catalog(data, path=catalog.path)
    _prove(again, catalog, entries)
    return data, again


def is_written_as(catalog: Catalog, data: bytes) -> bool:
    """Whether `data`, which a reader took, is the canonical file of the catalog: half the work of
    writing it again."""
    return _spelled(catalog)[0] == data


def _spelled(catalog: Catalog) -> tuple[bytes, Catalog, tuple[Entry, ...]]:
    """The file's bytes, not yet read back, and the catalog and entries they spell."""
    catalog = replace(catalog, header_comment=_settled(catalog.header_comment))
    entries = tuple(map(_settle, in_file_order(catalog.entries)))
    header = Entry(
        "",
        "",
        header_text(catalog.headers),
        fuzzy=catalog.header_fuzzy,
        translator_comments=catalog.header_comment,
    )
    for entry in (header, *entries):
        _refuse_unwritable(entry, catalog.path)
    return "\n".join(map(_entry_text, (header, *entries))).encode(), catalog, entries


def in_file_order(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Active entries, then obsolete ones, each in their order (as gettext writes them)."""
    return tuple(sorted(entries, key=attrgetter("obsolete")))


def _settle(entry: Entry) -> Entry:
    """The entry in its normal form: flags as gettext orders them, comments that end where their
    lines end, no fuzzy mark without words."""
    if len(entry.flags) > 1:
        entry = replace(entry, flags=tuple(sorted(entry.flags, key=_flag_order)))
    if entry.fuzzy and not entry.msgstr and not any(entry.msgstr_plural):
        entry = replace(entry, fuzzy=False)
    if any(text.endswith("\\") for text in (*entry.comments, *entry.translator_comments)):
        ours, translators = _settled(entry.comments), _settled(entry.translator_comments)
        entry = replace(entry, comments=ours, translator_comments=translators)
    return entry


def _settled(comments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(settled_comment, comments))


def _entry_text(entry: Entry) -> str:
    mark = "#~ " if entry.obsolete else ""
    old = "#~| " if entry.obsolete else "#| "
    parts = [f"# {text}" if text else "#" for text in entry.translator_comments]
    parts += [f"#. {text}" if text else "#." for text in entry.comments]
    if entry.references:
        parts.append(f"#: {' '.join(entry.references)}")
    flags = ("fuzzy",) * entry.fuzzy + entry.flags
    if flags:
        parts.append(f"#, {', '.join(flags)}")
    if entry.sticky_flags:
        parts.append(f"#= {', '.join(entry.sticky_flags)}")
    for keyword, text in (
        ("msgctxt", entry.previous_context),
        ("msgid", entry.previous_msgid),
        ("msgid_plural", entry.previous_msgid_plural),
    ):
        if text is not None:
            parts.append(_keyword(old, keyword, text))
    if entry.context:
        parts.append(_keyword(mark, "msgctxt", entry.context))
    parts.append(_keyword(mark, "msgid", entry.msgid))
    if entry.msgid_plural is None:
        parts.append(_keyword(mark, "msgstr", entry.msgstr))
    else:
        parts.append(_keyword(mark, "msgid_plural", entry.msgid_plural))
        forms = enumerate(entry.msgstr_plural)
        parts += [_keyword(mark, f"msgstr[{number}]", text) for number, text in forms]
    return "\n".join(parts) + "\n"


def _keyword(mark: str, keyword: str, text: str) -> str:
    """A keyword and its text: on one line, or, after an empty string, a line per line of text."""
    if not _TO_ESCAPE.search(text):
        return f'{mark}{keyword} "{text}"'
    if "\n" not in text[:-1]:
        return f'{mark}{keyword} "{text.translate(_ESCAPES)}"'
    # Not splitlines, which breaks at carriage returns too.
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    strings = "\n".join(f'{mark}"{line.translate(_ESCAPES)}"' for line in lines)
    return f'{mark}{keyword} ""\n{strings}'


def _flag_order(flag: str) -> int:
    if flag in _FLAGS:
        return _FLAGS[flag]
    return 100 if flag.startswith("range:") else 101 if flag in ("wrap", "no-wrap") else 102


def _refuse_unwritable(entry: Entry, path: str) -> None:
    """Refuse characters that would not come back: a line break in a comment, controls anywhere."""
    texts = (entry.context, entry.msgid, entry.msgstr, entry.msgid_plural, *entry.msgstr_plural)
    texts += (entry.previous_context, entry.previous_msgid, entry.previous_msgid_plural)
    rest = (*entry.comments, *entry.translator_comments, *entry.references)
    for shown, pattern, joined in (
        (phrase("a text"), FORBIDDEN_IN_TEXTS, "".join(filter(None, texts))),
        (
            phrase("a comment"),
            FORBIDDEN_IN_COMMENTS,
            "".join((*rest, *entry.flags, *entry.sticky_flags)),
        ),
    ):
        if found := pattern.search(joined):
            raise CatalogError(
                phrase(
                    '{part} of "{words}" holds {character}.',
                    part=shown,
                    words=excerpt(entry.msgid),
                    character=character_name(found[0]),
                ),
                path=path,
                advice=phrase("Remove the character; nothing was written."),
            )


def _prove(again: Catalog, catalog: Catalog, entries: tuple[Entry, ...]) -> None:
    """Compare what was read with what was written: the one way to know that nothing is lost."""
    wanted, found = map(what_is_written, entries), map(what_is_written, again.entries)
    for entry, before, after in zip(entries, wanted, found, strict=False):
        if before != after:
            raise _not_the_same(f'"{excerpt(entry.msgid)}"', catalog.path)
    same = (again.headers, again.header_comment, again.header_fuzzy, len(again.entries))
    if same != (catalog.headers, catalog.header_comment, catalog.header_fuzzy, len(entries)):
        raise _not_the_same("the header", catalog.path)


def _not_the_same(what: str, path: str) -> CatalogError:
    return CatalogError(
        phrase(
            "{what} would not come back from the file as it is; nothing was written.", what=what
        ),
        path=path,
        advice=phrase(
            "Look for a line break in a comment, a space in a reference or a comma in a flag."
        ),
    )
