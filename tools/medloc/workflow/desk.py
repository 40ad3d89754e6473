"""A project kept open for many requests: what the review app works on.

Settings, articles and the fold are read again only when they changed; the index follows catalogs
and the ledger. Every decision still goes through `decide`, which judges on the ledger itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from medloc import __version__
from medloc.checks import ALL_CHECKS, CATALOG_CHECKS, Context, run_checks
from medloc.errors import ConflictError, MedlocError
from medloc.glossary import GlossaryError
from medloc.index import Index, Line
from medloc.ledger import open_ledger
from medloc.model import Article, Event, Kind, Pair, Severity, Standing, Translation, Verdict
from medloc.phrases import phrase
from medloc.settings import FILE_NAME
from medloc.standing import Decisions, History
from medloc.workflow.carrying import SourceEdit, source_edits
from medloc.workflow.decide import decide, rehearse
from medloc.workflow.editing import Edited, edit_wording
from medloc.workflow.findings import GLOSSARIES, context_of, waived
from medloc.workflow.past import NO_PAST, Past
from medloc.workflow.project import Project, open_project
from medloc.workflow.requests import Request
from medloc.workflow.sheet import Outcome
from medloc.workflow.sources import Sources, read_sources
from medloc.workflow.status import judged_messages

INDEX_NAME = "index.sqlite"
_EVERYWHERE = (Kind.CARRY_FORWARD,)
_OF_RUNS = frozenset(check.name for check in CATALOG_CHECKS)  # they depend on other pairs


class Desk:
    """One open project. Safe to use from several threads; `clock` gives the moment in UTC."""

    def __init__(self, root: Path, *, clock: Callable[[], dt.datetime] | None = None) -> None:
        self.root = root
        self.clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._lock = threading.RLock()
        self._settings_stamp = ""
        self._sources_stamp = ""
        self._project: Project | None = None
        self._sources: Sources | None = None
        self._past: Past = NO_PAST
        self._contexts: dict[str, tuple[str, Context | GlossaryError]] = {}
        self.troubles: tuple[MedlocError, ...] = ()
        self.index = Index(root / ".medloc" / INDEX_NAME)

    @property
    def project(self) -> Project:
        """The project, its settings read again when their files changed."""
        with self._lock:
            project = self._project
            names = [FILE_NAME, *(project.settings.files if project else ())]
            stamp = _stamp(self.root / name for name in names if name)
            if project is None or stamp != self._settings_stamp:
                project = open_project(self.root)
                if self._project and project.settings.ledger != self._project.settings.ledger:
                    self._past = NO_PAST
                self._project, self._settings_stamp = project, stamp
                self._sources_stamp = ""
                self._contexts.clear()
            return project

    @property
    def sources(self) -> Sources:
        """The articles, read again when one of them changed."""
        project = self.project
        with self._lock:
            content = self.root / project.settings.content
            stamp = _folder_stamp(content)
            if self._sources is None or stamp != self._sources_stamp:
                self._sources, self._sources_stamp = read_sources(project), stamp
            return self._sources

    @property
    def decisions(self) -> Decisions:
        """The fold of the whole ledger, as it is now."""
        project = self.project
        with self._lock:
            self._past = self._past.brought_up(open_ledger(project.settings.ledger, base=self.root))
            return self._past.decisions

    def decide(self, request: Request) -> Outcome:
        """Decide as `medloc decide` does, and bring the index up to it."""
        with self._lock:
            outcome = decide(self.project, self.sources, request, now=self.clock(), past=self._past)
            pages = {(done.article, done.locale) for done in outcome.done}
            if request.kind in _EVERYWHERE:
                self.refresh()
            else:
                self._follow_ledger(pages)
            return outcome

    def rehearse(self, request: Request) -> Mapping[str, str]:
        """What `decide` would refuse of an act on pairs, by message id, and why; what was found in
        them is taken from the index."""
        past = self._past if self.decisions else NO_PAST
        known = self.index.findings([pair for _, pair in request.pairs])
        error = Severity.ERROR.value
        clean = {pair for pair, found in known.items() if error not in {s for _, s in found}}
        return rehearse(
            self.project, self.sources, request, now=self.clock(), past=past, clean=clean
        )

    def edit(
        self, article: str, locale: str, message: str, wording: str, *, expect: str, actor: str
    ) -> Edited:
        """Write a wording as `edit_wording` does, and bring the index up to it."""
        with self._lock:
            edited = edit_wording(
                self.project, self.sources, article, locale, message, wording,
                expect=expect, actor=actor, door="app", now=self.clock(), past=self._past,
            )  # fmt: skip
            self._follow_ledger({(article, locale)})
            return edited

    def source_edits(self) -> tuple[SourceEdit, ...]:
        """What an editor could carry decisions over, now."""
        return source_edits(self.project, self.sources, self.decisions)

    def carry(self, edit: SourceEdit, *, actor: str, reason: str, event: str) -> Outcome:
        """Carry decisions over exactly the edit that was shown; raises ConflictError when it is
        another now."""
        with self._lock:
            if edit not in self.source_edits():
                raise ConflictError(
                    phrase("the text has changed since it was read, or somebody was first"),
                    path=edit.article,
                    advice=phrase("Read it as it is now."),
                )
            request = Request(
                kind=Kind.CARRY_FORWARD, articles=(edit.article,), locales=("*",), actor=actor,
                door="app", messages=(edit.message,), moved=edit.moved, reason=reason, event=event,
            )  # fmt: skip
            return self.decide(request)

    # the index

    def refresh(
        self, *, anew: bool = False, on_progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Bring the index up to catalogs, articles, settings and ledger; how many pages were read.
        `anew` forgets all of it first. What cannot be read is in `troubles`."""
        with self._lock:
            project, sources = self.project, self.sources
            self._watch_checks(project, anew=anew)
            known = {} if anew else dict(self.index.stamps())
            wanted = {
                (slug, locale): self._page_stamp(project, article, locale)
                for slug, article in sources.articles.items()
                for locale in project.locales(source=True)
            }
            changed = self._pages_of_events(sources)
            self.index.drop(known.keys() - wanted.keys())
            todo = [page for page, stamp in wanted.items()
                    if page in changed or known.get(page) != stamp]  # fmt: skip
            troubles = list(sources.refused)
            for number, page in enumerate(todo):
                try:
                    self._index_page(*page, stamp=wanted[page])
                except MedlocError as trouble:
                    troubles.append(trouble)
                    self.index.replace(*page, stamp=wanted[page], lines=())
                if on_progress:
                    on_progress(number + 1, len(todo))
            self._remember_head()
            self.troubles = tuple(troubles)
            return len(todo)

    def context(self, locale: str) -> Context:
        """What the checks of a locale need; raises GlossaryError."""
        project = self.project
        with self._lock:
            stamp = _stamp(self._glossaries(project, locale))
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

    def _follow_ledger(self, pages: Iterable[tuple[str, str]]) -> None:
        """Index again the pages that new events are about."""
        project, sources = self.project, self.sources
        todo = {*pages, *self._pages_of_events(sources)}
        for slug, locale in sorted(todo):
            article = sources.articles.get(slug)
            if article is not None and locale in project.locales(source=True):
                self._index_page(slug, locale, stamp=self._page_stamp(project, article, locale))
        self._remember_head()

    def _pages_of_events(self, sources: Sources) -> set[tuple[str, str]]:
        """The pages that events since the index's head are about."""
        ledger = open_ledger(self.project.settings.ledger, base=self.root)
        number, _, hash_ = self.index.meta("head").partition(" ")
        try:
            fresh: Sequence[Event] = ledger.events(int(number or 0), known=hash_)
        except MedlocError:
            fresh = ledger.events()  # another ledger: everything it speaks of
        self._past = self._past.brought_up(ledger)
        every = self.project.locales(source=True)
        found: set[tuple[str, str]] = set()
        for event in fresh:
            draft = event.draft
            articles = {draft.article, draft.earlier_article} - {""}
            if draft.kind in (Kind.RECALL, Kind.RESTORE, Kind.CARRY_FORWARD):
                related = (self._past.decisions.related_articles(a) for a in articles)
                articles = {name for names in related for name in names}
            if draft.kind not in (Kind.SOURCE, Kind.PUBLISH):
                locales = every if draft.kind in _EVERYWHERE else (draft.locale,)
                found |= {(article, locale) for article in articles for locale in locales}
        return found & {(slug, la) for slug in sources.articles for la in every}

    def _remember_head(self) -> None:
        self.index.remember("head", f"{self._past.decisions.head} {self._past.hash}")

    def _watch_checks(self, project: Project, *, anew: bool) -> None:
        """Forget findings when what finds them has changed: a glossary is of one locale."""
        names = " ".join(check.name for check in ALL_CHECKS)
        levels = repr(sorted(project.settings.policy.checks.items()))
        common = _digest(f"{__version__} {names} {levels}")
        for locale in project.locales():
            stamp = f"{common} {_stamp(self._glossaries(project, locale))}"
            if anew or self.index.meta(f"checks {locale}") != stamp:
                self.index.forget_findings(locale)
                self.index.drop([page for page in self.index.stamps() if page[1] == locale])
                self.index.remember(f"checks {locale}", stamp)

    def _glossaries(self, project: Project, locale: str) -> list[Path]:
        folder = self.root / project.settings.catalogs / locale
        return [folder / name for name in GLOSSARIES]

    def _page_stamp(self, project: Project, article: Article, locale: str) -> str:
        files = (project.catalog_name(article.slug, locale), project.units_name(locale))
        stamp = _stamp(self.root / name for name in files)
        return _digest(f"{article.source_hash} {self._settings_stamp} {stamp}")

    def _index_page(self, slug: str, locale: str, *, stamp: str) -> None:
        project, decisions = self.project, self._past.decisions
        article = self.sources.articles[slug]
        judged = judged_messages(project, article, locale, decisions)
        found = self._findings(locale, [t.pair for t, _ in judged if not t.empty and not t.fuzzy])
        lines = [
            _with_findings(_line_of(position, t, v, decisions), found.get(t.pair.hash, ()),
                           t.pair, decisions)
            for position, (t, v) in enumerate(judged)
        ]  # fmt: skip
        self.index.replace(slug, locale, stamp=stamp, lines=lines)

    def _findings(self, locale: str, pairs: Sequence[Pair]) -> dict[str, Sequence[tuple[str, str]]]:
        if locale == self.project.settings.source.locale:
            return {}
        try:
            context = self.context(locale)
        except GlossaryError:
            return {}
        found: dict[str, Sequence[tuple[str, str]]] = dict(
            self.index.findings([pair.hash for pair in pairs])
        )
        fresh = [pair for pair in pairs if pair.hash not in found]
        new = {
            pair.hash: [(f.check, f.severity.value) for f in findings if f.check not in _OF_RUNS]
            for pair, findings in zip(fresh, run_checks(fresh, context), strict=True)
        }
        self.index.keep_findings(new)
        return {**found, **new}


def _line_of(
    position: int, translation: Translation, verdict: Verdict, decisions: Decisions
) -> Line:
    message, pair = translation.message, translation.pair
    history = decisions.history(pair, high_risk=message.high_risk)
    deciders = [p for p, e in history.latest.items() if e.draft.kind is not Kind.WITHDRAW]
    return Line(
        article=pair.article,
        locale=pair.locale,
        position=position,
        id=message.id,
        context=message.context,
        section=message.section,
        high_risk=message.high_risk,
        standing=verdict.standing.value,
        wanted=verdict.wanted,
        authors=tuple(sorted(history.authors)),
        deciders=tuple(sorted(deciders)),
        source=pair.source,
        target=pair.target,
        pair=pair.hash,
        since=_since(verdict, history),
    )


def _since(verdict: Verdict, history: History) -> str:
    """When the message got where it stands: the last event that says so."""
    if verdict.standing in (Standing.MISSING, Standing.STALE):
        return ""
    return max((event.at for event in history.events), default="")


def _with_findings(
    line: Line, found: Sequence[tuple[str, str]], pair: Pair, decisions: Decisions
) -> Line:
    accepted = waived(pair, decisions) if found else frozenset()
    open_ = [severity for check, severity in found if check not in accepted]
    return replace(
        line,
        errors=open_.count(Severity.ERROR.value),
        warnings=open_.count(Severity.WARNING.value),
    )


def _stamp(paths: Iterable[Path]) -> str:
    """What tells whether any of these files changed."""
    return _digest("\n".join(_stat_lines(paths)))


def _folder_stamp(folder: Path) -> str:
    """What tells whether any file below a folder changed. Asked at every press: a walk by
    `scandir` costs a fifth of one by paths."""
    lines: list[str] = []
    folders = [str(folder)]
    for name in folders:  # grows
        try:
            with os.scandir(name) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        status = entry.stat()
                        lines.append(f"{entry.path} {status.st_mtime_ns} {status.st_size} "
                                     f"{status.st_ino}")  # fmt: skip
        except OSError:
            lines.append(f"{name} -")
    return _digest("\n".join(sorted(lines)))


def _stat_lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            yield f"{path} -"
        else:
            yield f"{path} {status.st_mtime_ns} {status.st_size} {status.st_ino}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
