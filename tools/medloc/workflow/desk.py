"""A project kept open for many requests: what the review app works on.

Settings, articles and the fold are read again only when they changed; the index follows catalogs
and the ledger. Every decision still goes through `decide`, which judges on the ledger itself.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from medloc.checks import Context
from medloc.errors import ConflictError, MedlocError
from medloc.glossary import GlossaryError
from medloc.index import Index
from medloc.ledger import open_ledger
from medloc.model import Article, Kind, Severity
from medloc.phrases import phrase
from medloc.settings import FILE_NAME, Settings
from medloc.standing import Decisions
from medloc.workflow.carrying import SourceEdit, source_edits
from medloc.workflow.decide import decide, rehearse
from medloc.workflow.editing import Edited, edit_wording
from medloc.workflow.findings import context_of
from medloc.workflow.indexing import Indexing, Now, Page, glossaries, settings_stamp
from medloc.workflow.looking import Look, look, look_at, look_below
from medloc.workflow.past import NO_PAST, Past
from medloc.workflow.project import Project, open_project
from medloc.workflow.requests import Request
from medloc.workflow.sheet import Outcome
from medloc.workflow.sources import Sources, read_sources

INDEX_NAME = "index.sqlite"
SOON = 1.0
"""Seconds after which an article changed by somebody else is noticed on all screens. Who decides on
a message, or looks at it, has its article as it is on the disk at that moment."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A project, and its settings files as they were just before they were read; `stamp` is of
    those settings on which more depends than who may do what."""

    project: Project
    stamp: str
    files: tuple[str, ...]
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """Articles, and all files of their folder as they were just before they were read."""

    settings: str
    sources: Sources
    files: Mapping[str, Look]


class Desk:
    """One open project. Safe to use from several threads: who reads waits only for files that
    changed, who decides for other deciders. `clock` gives the moment in UTC."""

    def __init__(self, root: Path, *, clock: Callable[[], dt.datetime] | None = None) -> None:
        self.root = root
        self.clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self.troubles: tuple[MedlocError, ...] = ()
        self.index = Index(root / ".medloc" / INDEX_NAME)
        self._deciding = threading.RLock()  # decisions, and what the index is told of them
        self._reading = threading.RLock()  # what was read; taken for short times only
        self._opened: _Opened | None = None
        self._read: _Read | None = None
        self._looked = 0.0
        self._past: Past = NO_PAST
        self._contexts: dict[str, tuple[object, Context | GlossaryError]] = {}
        self._indexing = Indexing(self.index, self.context)

    @property
    def project(self) -> Project:
        """The project, its settings read again when their files changed."""
        return self._now_open().project

    @property
    def settings(self) -> Settings:
        """The settings, or as they were last while their files cannot be read: enough to know who
        is there. Every verb says what is wrong with them, and does nothing."""
        try:
            return self.project.settings
        except MedlocError:
            if self._opened is None:
                raise
            return self._opened.project.settings

    @property
    def sources(self) -> Sources:
        """The articles, read again soon after one of them changed."""
        return self._look(SOON)

    def article(self, slug: str) -> Article | None:
        """An article as it is on the disk now; None when there is none."""
        return self._with((slug,)).articles.get(slug)

    @property
    def decisions(self) -> Decisions:
        """The fold of the whole ledger, as it is now."""
        return self._brought_up().decisions

    def decide(self, request: Request) -> Outcome:
        """Decide as `medloc decide` does, and bring the index up to it."""
        with self._deciding:
            sources = self._with(request.articles)
            outcome = decide(self.project, sources, request, now=self.clock(), past=self._past)
            if request.kind is Kind.CARRY_FORWARD:  # for all locales at once
                self.refresh()
            else:
                self._follow({(done.article, done.locale) for done in outcome.done})
            return outcome

    def rehearse(self, request: Request) -> Mapping[str, str]:
        """What `decide` would refuse of an act on pairs, by message id, and why; what was found in
        them is taken from the index."""
        past = self._brought_up()
        known = self.index.findings([pair for _, pair in request.pairs])
        error = Severity.ERROR.value
        clean = {pair for pair, found in known.items() if error not in {s for _, s in found}}
        sources = self._with(request.articles)
        return rehearse(self.project, sources, request, now=self.clock(), past=past, clean=clean)

    def edit(
        self,
        article: str,
        locale: str,
        message: str,
        wording: str,
        *,
        expect: str,
        actor: str,
        door: str = "app",
    ) -> Edited:
        """Write a wording as `edit_wording` does, and bring the index up to it."""
        with self._deciding:
            edited = edit_wording(
                self.project, self._with((article,)), article, locale, message, wording,
                expect=expect, actor=actor, door=door, now=self.clock(), past=self._past,
            )  # fmt: skip
            self._follow({(article, locale)})
            return edited

    def source_edits(self) -> tuple[SourceEdit, ...]:
        """What an editor could carry decisions over, now."""
        return source_edits(self.project, self._look(), self.decisions)

    def carry(
        self, edit: SourceEdit, *, actor: str, reason: str, event: str, door: str = "app"
    ) -> Outcome:
        """Carry decisions over exactly the edit that was shown; raises ConflictError when it is
        another now."""
        with self._deciding:
            if edit not in self.source_edits():
                raise ConflictError(
                    phrase("the text has changed since it was read, or somebody was first"),
                    path=edit.article,
                    advice=phrase("Read it as it is now."),
                )
            request = Request(
                kind=Kind.CARRY_FORWARD, articles=(edit.article,), locales=("*",), actor=actor,
                door=door, messages=(edit.message,), moved=edit.moved, reason=reason, event=event,
            )  # fmt: skip
            return self.decide(request)

    def refresh(
        self, *, anew: bool = False, on_progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Bring the index up to catalogs, articles, settings and ledger; how many pages were read.
        `anew` forgets all of it first. What cannot be read is in `troubles`."""
        with self._deciding:
            read, self.troubles = self._indexing.bring_up(
                self._now(self._look()), anew=anew, on_progress=on_progress
            )
            return read

    def context(self, locale: str) -> Context:
        """What the checks of a locale need; raises GlossaryError."""
        opened = self._now_open()
        project = opened.project
        stamp = (opened.stamp, look_at(glossaries(project, locale)))
        known = self._contexts.get(locale)
        if known is None or known[0] != stamp:
            made: Context | GlossaryError
            try:
                made = context_of(project, locale)
            except GlossaryError as trouble:
                made = trouble
            known = self._contexts[locale] = (stamp, made)
        if isinstance(known[1], GlossaryError):
            raise known[1]
        return known[1]

    def _now_open(self) -> _Opened:
        opened = self._opened
        if opened is not None and look_at(opened.files) == opened.looks:
            return opened
        with self._reading:
            before = self._opened
            if before is not opened and before is not None:
                return before  # somebody else was first
            files = before.files if before else self._settings_files(())
            while True:
                looks = look_at(files)
                project = open_project(self.root)
                wanted = self._settings_files(project.settings.files)
                if wanted == files:
                    break
                files = wanted
            if before and project.settings.ledger != before.project.settings.ledger:
                self._past = NO_PAST
            self._opened = _Opened(project, settings_stamp(project), files, looks)
            return self._opened

    def _settings_files(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(str(self.root / name) for name in (FILE_NAME, *names))

    def _look(self, seconds: float = 0.0) -> Sources:
        """The articles as they are now, or as they were so many seconds ago at most."""
        opened, earliest = self._now_open(), time.monotonic() - seconds
        read = self._read
        if read and read.settings == opened.stamp and self._looked > earliest:
            return read.sources
        with self._reading:
            read = self._read
            same = read is not None and read.settings == opened.stamp
            if read and same and self._looked > earliest:
                return read.sources  # somebody else was first
            project, now = opened.project, time.monotonic()
            files = {**look_below(self.root / project.settings.content)}
            units = str(self.root / project.units_name(project.settings.source.locale))
            files[units] = look(units)
            if read is None or not same or files != read.files:
                read = _Read(opened.stamp, read_sources(project), files)
            self._read, self._looked = read, now
            return read.sources

    def _with(self, articles: Sequence[str]) -> Sources:
        """The articles, those named as they are on the disk now."""
        sources, read = self.sources, self._read
        assert read is not None
        for name in articles:
            article = sources.articles.get(name)
            path = str(self.root / article.path) if article else ""
            if look(path) != read.files.get(path):
                return self._look()
        return sources

    def _brought_up(self) -> Past:
        project = self.project
        past = self._past.brought_up(open_ledger(project.settings.ledger, base=self.root))
        if past.decisions.head > self._past.decisions.head and self.project is project:
            self._past = past
        return past

    def _now(self, sources: Sources) -> Now:
        opened = self._now_open()
        return Now(opened.project, opened.stamp, sources, self._brought_up())

    def _follow(self, pages: set[Page]) -> None:
        """Bring the index up to what was just said, of these pages and by others."""
        self._indexing.follow(self._now(self.sources), pages)
