"""PO files on their way to translators and back: one file, or a zip of them.

What comes back is hostile until unpacked: nothing is written to a disk, names are read only to be
shown, and no archive may grow beyond `MAX_UNPACKED`.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from medloc.catalogs import MAX_BYTES, read_catalog, write_catalog
from medloc.errors import CatalogError, MedlocError, UsageError
from medloc.model import Catalog, Entry
from medloc.phrases import phrase
from medloc.workflow.project import Project, digest

MAX_UPLOAD = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_FILES = 2000
TAKEN = "medloc-taken: "
"""Begins the comment that says what wording stood in an entry when the file was handed out."""
_ANEW = phrase("Make the zip anew, with the PO files alone in it, and upload it again.")
_ESCAPES = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
            ValueError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file as somebody gave it back; the name is only for people to read."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The PO files of an upload, and the names in it that are none."""

    files: tuple[PoFile, ...]
    others: tuple[str, ...] = ()


def unpack(name: str, data: bytes) -> Unpacked:
    """The PO files in an upload; raises UsageError, with what to do, for what cannot be taken."""
    if len(data) > MAX_UPLOAD:
        raise UsageError(
            phrase(
                "the file has {count} MB; at most {max_upload} MB are taken",
                count=f"{len(data) / 2**20:.1f}",
                max_upload=MAX_UPLOAD // 2**20,
            ),
            path=name,
            advice=phrase("Upload fewer PO files at a time."),
        )
    if name.lower().endswith(".po"):
        return Unpacked((PoFile(name, data),))
    if not data.startswith(b"PK"):
        raise UsageError(
            phrase("this is neither a PO file nor a zip"),
            path=name,
            advice=phrase(
                "Upload what you downloaded here: a file that ends in .po, or a .zip of them."
            ),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(name, archive)
    except _DAMAGED:
        raise UsageError(phrase("the zip is damaged, or packed in an unusual way"), path=name,
                         advice=_ANEW) from None  # fmt: skip


def _unpacked(name: str, archive: zipfile.ZipFile) -> Unpacked:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_FILES:
        raise UsageError(
            phrase(
                "the zip holds {count} files; at most {max_files} are taken",
                count=f"{len(members):,}",
                max_files=f"{MAX_FILES:,}",
            ),
            path=name,
            advice=phrase("Pack only PO files that you have changed."),
        )
    found: dict[str, PoFile] = {}
    others: list[str] = []
    room = MAX_UNPACKED
    for member in members:
        inner = member.filename
        _refuse_member(name, member)
        if not inner.lower().endswith(".po") or _is_shadow(inner):
            others.append(inner)
            continue
        if inner in found:
            raise UsageError(
                phrase("the zip holds {inner} twice", inner=inner),
                path=name,
                advice=phrase("Keep the right one, and pack anew."),
            )
        content = _read(archive, member, min(MAX_BYTES, room))
        if content is None:
            raise UsageError(
                phrase("unpacked, {inner} is larger than medloc takes", inner=inner),
                path=name,
                advice=_ANEW,
            )
        room -= len(content)
        found[inner] = PoFile(inner, content)
    if not found:
        raise UsageError(phrase("the zip holds no PO file"), path=name, advice=_ANEW)
    return Unpacked(tuple(found.values()), tuple(others))


def _refuse_member(name: str, member: zipfile.ZipInfo) -> None:
    inner = member.filename
    if member.flag_bits & 0x1:
        raise UsageError(
            phrase("the zip is locked with a password"),
            path=name,
            advice=phrase("Pack it without a password, and upload it again."),
        )
    # `orig_filename` too: zipfile itself cuts a name at a NUL.
    if _ESCAPES.search(inner) or _ESCAPES.search(member.orig_filename):
        raise UsageError(
            phrase(
                "the zip names a file outside of itself: {ascii}", ascii=ascii(inner)[1:-1][:80]
            ),
            path=name,
            advice=_ANEW,
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UsageError(
            phrase("the zip holds a link instead of a file: {inner}", inner=inner),
            path=name,
            advice=_ANEW,
        )


def _is_shadow(inner: str) -> bool:
    """What systems put beside files on their own account."""
    return inner.startswith("__MACOSX/") or inner.rpartition("/")[2].startswith("._")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes | None:
    """The member's bytes, None when they are more than `limit`, whatever the zip says of them."""
    if member.file_size > limit:
        return None
    with archive.open(member) as stream:
        content = stream.read(limit + 1)
    return content if len(content) <= limit else None


def hand_out(project: Project, article: str, locale: str) -> bytes:
    """A catalog for a translator: as it stands, each entry saying what it was taken as.

    Raises CatalogError when there is no catalog yet, or when it cannot be read.
    """
    name = project.catalog_name(article, locale)
    if not (project.root / name).is_file():
        raise CatalogError(
            phrase("there is no catalog yet"),
            path=name,
            advice=phrase("Ask an editor to run `medloc sync`."),
        )
    catalog = read_catalog(project.root / name, name=name)
    return write_catalog(replace(catalog, entries=tuple(_marked(catalog))))


def _marked(catalog: Catalog) -> Iterator[Entry]:
    for entry in catalog.entries:
        kept = tuple(line for line in entry.comments if not line.startswith(TAKEN))
        taken = () if entry.obsolete else (TAKEN + mark_of(entry.msgstr),)
        yield replace(entry, comments=(*kept, *taken))


def mark_of(wording: str) -> str:
    """The short name of a wording in a handed-out file."""
    return digest(wording)[:16]


def taken_as(entry: Entry) -> str:
    """What `mark_of` was of the wording when the entry was handed out; empty when not known."""
    marks = (line[len(TAKEN) :].strip() for line in entry.comments if line.startswith(TAKEN))
    return next(marks, "")


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Files by name as a zip; the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            archive.writestr(zipfile.ZipInfo(name), contents[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def hand_out_all(
    project: Project, articles: Sequence[str], locale: str
) -> tuple[bytes, tuple[MedlocError, ...]]:
    """The catalogs of a locale as a zip, and why some are not in it."""
    contents: dict[str, bytes] = {}
    troubles: list[MedlocError] = []
    for article in articles:
        try:
            contents[f"{locale}/{article}.po"] = hand_out(project, article, locale)
        except MedlocError as trouble:
            troubles.append(trouble)
    return zipped(contents), tuple(troubles)
