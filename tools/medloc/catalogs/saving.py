"""Saving: two people change one catalog, and neither loses a word.

Law: an entry that somebody else changed on the disk is kept, unless it was changed here too, and
differently; then nothing is written and the message names the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from medloc import files
from medloc.catalogs.grammar import excerpt
from medloc.catalogs.reader import read_catalog
from medloc.catalogs.writer import in_file_order, what_is_written, write_and_read
from medloc.errors import CatalogError, ConflictError
from medloc.model import Catalog, Entry
from medloc.phrases import phrase

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


def save_catalog(
    path: Path,
    before: Catalog | None,
    after: Catalog,
    *,
    locks: Path,
    root: Path | None = None,
) -> Catalog:
    """Save `after`, which was made from `before` (None: there was no file), and give back what is
    now on the disk.

    Under a lock the file is read again and compared with `before`, entry by entry and header by
    header: what changed only there is kept. Nothing is written when the bytes are the same.

    Raises ConflictError when both changed one entry differently, or when the file is gone;
    CatalogError when the file cannot be read; MedlocError when it cannot be written.
    """
    with files.lock(path, folder=locks, name=after.path):
        current = _current(path, after.path)
        if current is None and before is not None:
            raise ConflictError(
                phrase("the catalog was deleted in the meantime; nothing was written."),
                path=after.path,
                advice=phrase(
                    "Run the command again; words that were in it may be in version control."
                ),
            )
        merged = after if current is None else join_changes(before, current, after)
        data, written = write_and_read(merged)
        files.replace(path, data, name=after.path, root=root)
        return replace(written, notices=merged.notices)


def _current(path: Path, name: str) -> Catalog | None:
    """The catalog on the disk, None when there is no file."""
    try:
        if not path.exists():
            return None
    except OSError as error:  # no right to look, a disk that fails
        raise CatalogError(
            phrase("the file cannot be read ({strerror})", strerror=error.strerror),
            path=name,
            advice=phrase("Check the rights of its folder."),
        ) from error
    return read_catalog(path, name=name)


def join_changes(before: Catalog | None, current: Catalog, after: Catalog) -> Catalog:
    """`after` with all that changed between `before` and `current`.

    The order is that of `after`; an entry that is only in `current` follows the one it followed
    there. Raises ConflictError, naming the entry or the header.
    """
    if current == before:
        return replace(after, notices=current.notices)
    old = before or Catalog(after.path)
    versions = (old, current, after)
    entries = _joined(*map(_entries, versions), identity=_written, path=after.path)
    headers = _joined(*map(_headers, versions), identity=_itself, path=after.path)
    top = _joined(*map(_top, versions), identity=_itself, path=after.path)
    return replace(
        after,
        headers=tuple(headers.values()),
        header_comment=top["comment at the top"],
        header_fuzzy=bool(top["fuzzy mark of the header"]),
        entries=in_file_order(tuple(entries.values())),
        notices=current.notices,
    )


def _joined(
    old: Mapping[_Key, _Value],
    current: Mapping[_Key, _Value],
    after: Mapping[_Key, _Value],
    *,
    identity: Callable[[_Value | None], object],
    path: str,
) -> dict[_Key, _Value]:
    """The three-way join of two mappings made from `old`, in the order of `after`."""
    chosen: dict[_Key, _Value] = {}
    for key in (*after, *(key for key in current if key not in after)):
        first, theirs, ours = (identity(version.get(key)) for version in (old, current, after))
        if first != theirs != ours != first:
            raise _conflict(key, path)
        winner = (after if first == theirs or theirs == ours else current).get(key)
        if winner is not None:
            chosen[key] = winner
    followers: dict[_Key | None, list[_Key]] = {}
    place: _Key | None = None
    for key in current:
        if key in after:
            place = key if key in chosen else place
        elif key in chosen:
            followers.setdefault(place, []).append(key)
    order = list(followers.get(None, ()))
    for key in after:
        if key in chosen:
            order += (key, *followers.get(key, ()))
    return {key: chosen[key] for key in order}


def _conflict(key: Hashable, path: str) -> ConflictError:
    if isinstance(key, tuple):
        context, msgid = key
        words = f'"{excerpt(msgid)}"'
        what = (
            phrase('{words} under "{context}"', words=words, context=context) if context else words
        )
    else:
        what = phrase("the {part}", part=key)
    return ConflictError(
        phrase(
            "somebody else changed {what} in the meantime; nothing of this change was written.",
            what=what,
        ),
        path=path,
        advice=phrase("Look at the entry as it is now, then do your change again."),
    )


def _entries(catalog: Catalog) -> dict[tuple[str, str], Entry]:
    return {entry.key: entry for entry in catalog.entries}


def _headers(catalog: Catalog) -> dict[str, tuple[str, str]]:
    return {f"header {pair[0].lower()}": pair for pair in catalog.headers}


def _top(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    mark = ("fuzzy",) if catalog.header_fuzzy else ()
    return {"comment at the top": catalog.header_comment, "fuzzy mark of the header": mark}


def _written(entry: Entry | None) -> object:
    return None if entry is None else what_is_written(entry)


def _itself(value: object) -> object:
    return value
