"""Catalogs that are missing, or that cannot be read, made again from the sources and the ledger.

Law: a catalog that can be read stays as it is; one that cannot is kept beside the new one; and what
is made is what `sync` leaves as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from medloc import files
from medloc.catalogs import new_catalog, save_catalog
from medloc.errors import CatalogError, MedlocError
from medloc.languages import plural_forms
from medloc.model import DECISIONS, Article, Catalog, Entry, Kind, Message, Notice, Pair
from medloc.standing import Decisions
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.sync import sync
from medloc.workflow.translations import Writer, load_catalog, written_sources
from medloc.workflow.versions import Versions
from medloc.workflow.writing_back import write_back


@dataclass(frozen=True, slots=True)
class Remade:
    """A catalog that was made again: how many messages have words now, and under what name the
    file that could not be read is kept ("" when there was none)."""

    path: str
    words: int
    messages: int
    damaged: str = ""


@dataclass(frozen=True, slots=True)
class Remaking:
    """The catalogs made again, what a person should look at, and what could not be done."""

    remade: tuple[Remade, ...]
    notices: tuple[Notice, ...]
    troubles: tuple[MedlocError, ...]


def remake_lost(project: Project, sources: Sources, decisions: Decisions) -> Remaking:
    """Make every lost catalog again, with the wording proposed last (else decided on last) for each
    message, then run what `sync` does on these and no others."""
    lost = _Lost(project, sources, decisions)
    remade = tuple(lost.make_again())
    return Remaking(remade, tuple(lost.notices), tuple(lost.troubles))


@dataclass
class _Lost:
    """Catalogs that are missing or cannot be read, and what it takes to make them again."""

    project: Project
    sources: Sources
    decisions: Decisions
    notices: list[Notice] = field(default_factory=list)
    troubles: list[MedlocError] = field(default_factory=list)

    def make_again(self) -> Iterator[Remade]:
        """Find them, write what the ledger knows of their words, then sync only them."""
        found: dict[tuple[str, str], str] = {}
        for article in self.sources.articles.values():
            versions = Versions(self.project, self.sources, self.decisions)
            for locale in self.project.locales():
                try:
                    damaged = self._damaged(article.slug, locale)
                    if damaged is not None:
                        self._write(article, locale, versions)
                        found[article.slug, locale] = damaged
                except MedlocError as trouble:
                    self.troubles.append(trouble)
        self._sync(list(found))
        for (slug, locale), damaged in found.items():
            catalog = load_catalog(self.project, slug, locale)
            entries = [e for e in catalog.entries if not e.obsolete] if catalog else []
            name = self.project.catalog_name(slug, locale)
            yield Remade(name, sum(bool(e.msgstr) for e in entries), len(entries), damaged)

    def _damaged(self, slug: str, locale: str) -> str | None:
        """ "" when the catalog is missing; when it cannot be read, the name it was given; None when
        it is whole."""
        try:
            return "" if load_catalog(self.project, slug, locale) is None else None
        except CatalogError as trouble:
            name = self.project.catalog_name(slug, locale)
            path = self.project.root / name
            if not os.access(path, os.R_OK):
                raise  # its words are there: rights are mended, not files
            with files.lock(path, folder=self.project.locks, name=name):
                aside = _put_aside(path, name)
            kept = aside.relative_to(self.project.root).as_posix()
            self.notices.append(
                Notice(name, trouble.line, f"{trouble.found.rstrip('.')}: kept as {kept}")
            )
            return kept

    def _write(self, article: Article, locale: str, versions: Versions) -> None:
        entries = self._entries(article, locale, versions)
        if not entries:
            return
        project = self.project
        name = project.catalog_name(article.slug, locale)
        plurals = plural_forms(project.settings.data_locale(locale))
        empty = new_catalog(locale, path=name, name=article.slug, plural_forms=plurals)
        catalog = Catalog(name, empty.headers, entries=entries)
        save_catalog(project.root / name, None, catalog, locks=project.locks, root=project.root)

    def _entries(self, article: Article, locale: str, versions: Versions) -> tuple[Entry, ...]:
        """What the ledger knows of the words, of the text as it is, then of recorded ones: `sync`
        then offers the words of an earlier text as it does those of an edited one."""
        entries: dict[tuple[str, str], Entry] = {}
        self._collect(entries, article, locale, current=True)
        for event in versions.newest_first(article.slug):
            earlier = versions.article(event)
            if earlier is None:
                continue
            try:
                self._collect(entries, earlier, locale, current=False)
            except MedlocError:
                continue  # its quantities can no longer be written
        return tuple(entries.values())

    def _collect(
        self, entries: dict[tuple[str, str], Entry], article: Article, locale: str, *, current: bool
    ) -> None:
        writer = Writer(self.project, locale)
        values, addresses = writer.values(article), writer.addresses(article)
        written = written_sources(self.project, article)
        for message, source in zip(article.messages, written, strict=True):
            key = (message.context, message.text)
            target = _last_wording(self.decisions, message, locale, source)
            if key in entries or not target:
                continue
            pair = Pair(message.article, locale, message.context, source, target)
            wordings = write_back(article, message, pair, values, addresses)
            if wordings:
                entries[key] = Entry(*key, msgstr=wordings[0])
            if current and len(wordings) != 1:
                self._doubt(message, locale, pair, bool(wordings))

    def _doubt(self, message: Message, locale: str, pair: Pair, found: bool) -> None:
        name = self.project.catalog_name(message.article, locale)
        what = (
            "its quantities could stand in other places too, look at them"
            if found
            else f"left empty, its quantities or links were not found in: {pair.target}"
        )
        self.notices.append(Notice(name, 0, f"message {message.id}: {what}"))

    def _sync(self, found: Sequence[tuple[str, str]]) -> None:
        """Sync exactly these catalogs: articles that lost the same locales go together."""
        lost: dict[str, list[str]] = {}
        for slug, locale in found:
            lost.setdefault(slug, []).append(locale)
        groups: dict[tuple[str, ...], list[str]] = {}
        for slug, locales in lost.items():
            groups.setdefault(tuple(locales), []).append(slug)
        remade = {self.project.catalog_name(slug, locale) for slug, locale in found}
        for names, slugs in groups.items():
            articles = {slug: self.sources.articles[slug] for slug in slugs}
            synced = sync(self.project, Sources(articles), locales=names)
            self.notices += (notice for notice in synced.notices if notice.path in remade)
            self.troubles += synced.troubles


def _put_aside(path: Path, name: str) -> Path:
    """Rename a file to `fever.po.damaged`, or `fever.po.damaged-2` when that is taken."""
    names = (f"{path.name}.damaged{f'-{n}' if n > 1 else ''}" for n in range(1, 1000))
    aside = next(path.with_name(free) for free in names if not path.with_name(free).exists())
    try:
        return path.rename(aside)
    except OSError as error:
        raise CatalogError(
            f"the file cannot be read, nor put aside ({error.strerror})",
            path=name,
            advice="Check the rights of its folder.",
        ) from None


def _last_wording(decisions: Decisions, message: Message, locale: str, source: str) -> str:
    """The wording that was proposed last, else decided on last, in this place or, if nothing was
    said in it, in one that was carried forward to it; "" when there is none."""
    place = Pair(message.article, locale, message.context, source, "")
    for spot in decisions.places(place, high_risk=message.high_risk):
        wordings = decisions.by_place.get(spot, {})
        for kinds in (frozenset({Kind.PROPOSE}), DECISIONS):
            spoken = {
                event.number: target
                for target, events in wordings.items()
                for event in events
                if event.draft.kind in kinds and target
            }
            if spoken:
                return spoken[max(spoken)]
    return ""
