"""Wordings that translators bring back in PO files: what would become of each, then the writing.

Law: a plan writes nothing; what is written is written as by the editor, one message at a time, in
place of exactly the wording that the plan showed; no wording of anybody is ever emptied.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from medloc.catalogs import parse_catalog
from medloc.errors import LedgerError, MedlocError, UsageError
from medloc.model import Article, Catalog, Entry, Person, Translation
from medloc.phrases import phrase, together
from medloc.workflow.parcels import PoFile, mark_of, taken_as
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations, wording_problem


class Fate(StrEnum):
    """What would become of a wording that came back."""

    NEW = "new"  # there was none
    CHANGED = "changed"  # in place of the one they took, or of a stale one
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"  # another wording stands there that they may never have seen
    UNKNOWN = "unknown"  # the article has no such message
    STRUCTURE = "structure"  # placeholders, links or marks are not those of the source
    STALE = "stale"  # for an older source, or still marked as needing work


WRITTEN = (Fate.NEW, Fate.CHANGED)
"""What `bring_in` writes without being asked for each."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A wording that came back: `stands` is what the catalog holds now, `expect` the hash of that
    pair, `line` where it is in the file; `why` says what keeps it from being written."""

    file: str
    line: int
    article: str
    locale: str
    fate: Fate
    source: str
    wording: str
    message: str = ""
    stands: str = ""
    expect: str = ""
    why: str = ""
    high_risk: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Every wording of the files that came back, in their order; `troubles` are files that could
    not be taken."""

    rows: tuple[Returned, ...] = ()
    troubles: tuple[MedlocError, ...] = ()

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many there are of each fate."""
        return Counter(row.fate for row in self.rows)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What was written, and what was not although it was wanted, with the reason."""

    written: tuple[Returned, ...] = ()
    refused: tuple[tuple[Returned, MedlocError], ...] = ()


def may_write(person: Person, locale: str, today: dt.date) -> bool:
    """Whether somebody may write wordings of a locale: they need any role for it."""
    return any(person.holds(role, locale, today) for role in person.roles)


def plan_returned(
    project: Project, sources: Sources, returned: Sequence[PoFile], *, locale: str = ""
) -> Plan:
    """What would become of every wording in these files; `locale` is the only one expected.

    Each file says its article (`Project-Id-Version`, else its name) and language (`Language`).
    """
    rows: list[Returned] = []
    troubles: list[MedlocError] = []
    places: dict[tuple[str, str], str] = {}
    for file in returned:
        try:
            catalog = parse_catalog(file.data, path=file.name)
            article, found = _place_of(project, sources, file.name, catalog, locale)
            twin = places.setdefault((article.slug, found), file.name)
            if twin != file.name:
                raise UsageError(
                    phrase(
                        "two files are of {slug} in {found}; the other is {twin}",
                        slug=article.slug,
                        found=found,
                        twin=twin,
                    ),
                    path=file.name,
                    advice=phrase("Keep the right one, and upload it alone."),
                )
            rows += _rows(project, article, found, catalog)
        except LedgerError:
            raise
        except MedlocError as trouble:
            troubles.append(trouble)
    return Plan(tuple(rows), tuple(troubles))


def bring_in(
    rows: Sequence[Returned],
    write: Callable[[Returned], object],
    *,
    also: Collection[str] = (),
    on_progress: Callable[[int, int], None] | None = None,
) -> BroughtIn:
    """Write the new and changed wordings of a plan, and conflicting ones whose message id is in
    `also`, by `write`: `edit_wording` for a row. Each is written whole or, when somebody was first,
    not at all. What was written stays when the ledger fails in the middle: raises LedgerError."""
    wanted = [row for row in rows if row.fate in WRITTEN
              or (row.fate is Fate.CONFLICT and row.message in also)]  # fmt: skip
    written: list[Returned] = []
    refused: list[tuple[Returned, MedlocError]] = []
    for number, row in enumerate(wanted, 1):
        try:
            write(row)
            written.append(row)
        except LedgerError:
            raise
        except MedlocError as trouble:
            refused.append((row, trouble))
        if on_progress:
            on_progress(number, len(wanted))
    return BroughtIn(tuple(written), tuple(refused))


# --- whose file it is -------------------------------------------------------------------------


def _place_of(
    project: Project, sources: Sources, name: str, catalog: Catalog, wanted: str
) -> tuple[Article, str]:
    """The article and locale of a file that came back; raises UsageError when it does not say."""
    said = catalog.header("Language").replace("-", "_")
    known = {locale.lower(): locale for locale in project.settings.locales}
    locale = known.get(said.lower(), "")
    if not locale or (wanted and locale != wanted):
        raise UsageError(
            phrase(
                "its header says `Language: {said}`, and {wanted} is asked for",
                said=said,
                wanted=wanted,
            )
            if locale
            else phrase(
                "its header says `Language: {said}`, which this project has not", said=said
            ),
            path=name,
            line=1,
            advice=phrase("Choose the language that the file is for, or take the file anew."),
        )
    path = PurePosixPath(name.replace("\\", "/")).with_suffix("")
    names = [catalog.header("Project-Id-Version"),
             *("/".join(path.parts[at:]) for at in range(len(path.parts)))]  # fmt: skip
    for slug in names:
        if slug in sources.articles:
            return sources.articles[slug], locale
    raise UsageError(
        phrase("it does not say which article it is of"),
        path=name,
        advice=phrase(
            "Keep the name and the header (`Project-Id-Version`) of the file that you took."
        ),
    )


# --- what becomes of each wording -------------------------------------------------------------


def _rows(project: Project, article: Article, locale: str, back: Catalog) -> Iterator[Returned]:
    standing = load_catalog(project, article.slug, locale)
    now = {(t.message.context, t.message.text): t
           for t in translations(project, article, locale, standing)}  # fmt: skip
    offered = {(t.message.context, t.message.text): t
               for t in translations(project, article, locale, back)}  # fmt: skip
    gone = _earlier_sources(standing)
    for entry in back.entries:
        if entry.obsolete:
            continue
        row = Returned(back.path, entry.line, article.slug, locale, Fate.UNKNOWN, entry.msgid,
                       entry.msgstr)  # fmt: skip
        there = now.get(entry.key)
        if there is None or entry.msgid_plural is not None:
            if entry.msgstr:
                yield _homeless(row, known=entry.msgid in gone)
            continue
        row = replace(row, message=there.message.id, stands=there.wording,
                      expect=there.pair.hash, high_risk=there.high_risk)  # fmt: skip
        fate, why = _fate(article, entry, there, offered[entry.key])
        yield replace(row, fate=fate, why=why)


def _homeless(row: Returned, *, known: bool) -> Returned:
    if known:
        return replace(row, fate=Fate.STALE, why=phrase(
            "the source has changed since you took the file: take it anew and look at the new text."
        ))  # fmt: skip
    return replace(row, why=phrase("the article has no such text (any more): take the file anew."))


def _earlier_sources(catalog: Catalog | None) -> frozenset[str]:
    """Texts the article had before: of entries that are obsolete or stale."""
    entries = catalog.entries if catalog else ()
    return frozenset(
        text for e in entries for text in (e.previous_msgid, e.msgid if e.obsolete else "") if text
    )


def _fate(
    article: Article, entry: Entry, there: Translation, offered: Translation
) -> tuple[Fate, str]:
    """What becomes of a wording, and why not more."""
    mine, taken, stands = entry.msgstr, taken_as(entry), mark_of(there.wording)
    if not mine.strip():
        why = "" if there.empty else phrase("it came back empty: what stands there stays.")
        return Fate.UNCHANGED, why
    if entry.fuzzy:
        return Fate.STALE, phrase(
            "it is still marked as needing work: take the mark away when it is done."
        )
    if mine == there.wording and not there.fuzzy:
        return Fate.UNCHANGED, ""
    if taken and mark_of(mine) == taken != stands:
        return Fate.UNCHANGED, phrase("you left it as it was; somebody else has changed it since.")
    problem = wording_problem(article, offered)
    if problem:
        return Fate.STRUCTURE, problem
    if there.empty and taken in ("", stands):
        return Fate.NEW, ""
    if taken == stands or (there.fuzzy and not taken):
        return Fate.CHANGED, ""
    said = phrase("somebody has changed it since you took the file.") if taken else (
        phrase("the file does not say which wording you saw here."))  # fmt: skip
    return Fate.CONFLICT, together(said, phrase("Read both, and say which shall stand."))
