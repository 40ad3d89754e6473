"""How the index is brought up to catalogs, articles, settings, checks and ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from medloc import __version__
from medloc.checks import ALL_CHECKS, CATALOG_CHECKS, Context, run_checks
from medloc.errors import MedlocError
from medloc.glossary import GlossaryError
from medloc.index import Index, Line
from medloc.ledger import open_ledger
from medloc.model import Article, Event, Kind, Pair, Severity, Standing, Translation, Verdict
from medloc.settings import AppSettings, SiteSettings
from medloc.standing import Decisions, History
from medloc.workflow.findings import GLOSSARIES, waived
from medloc.workflow.looking import Look, look, look_at, look_below
from medloc.workflow.past import Past
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.status import judged_messages

Page = tuple[str, str]
_RELATED = (Kind.RECALL, Kind.RESTORE, Kind.CARRY_FORWARD)
_OF_RUNS = frozenset(check.name for check in CATALOG_CHECKS)  # they depend on other pairs


@dataclass(frozen=True, slots=True)
class Now:
    """A project as it was read, and what is folded of its ledger; `settings` is `settings_stamp`
    of it."""

    project: Project
    settings: str
    sources: Sources
    past: Past

    @property
    def pages(self) -> Iterator[Page]:
        """Article and locale of every page."""
        locales = self.project.locales(source=True)
        return ((slug, locale) for slug in self.sources.articles for locale in locales)


class Indexing:
    """Writes the index; one thread at a time. `context` gives what the checks of a locale need."""

    def __init__(self, index: Index, context: Callable[[str], Context]) -> None:
        self._index, self._context = index, context

    def bring_up(
        self, now: Now, *, anew: bool, on_progress: Callable[[int, int], None] | None
    ) -> tuple[int, tuple[MedlocError, ...]]:
        """How many pages were read, and what could not be; `anew` forgets all of it first."""
        self._watch_checks(now.project, anew=anew)
        known = {} if anew else dict(self._index.stamps())
        wanted = dict(_page_stamps(now))
        changed = self._pages_of_events(now)
        if gone := known.keys() - wanted.keys():
            self._index.drop(gone)
        todo = [page for page, stamp in wanted.items()
                if page in changed or known.get(page) != stamp]  # fmt: skip
        troubles = list(now.sources.refused)
        for number, page in enumerate(todo):
            try:
                self._write(now, page, wanted[page])
            except MedlocError as trouble:
                troubles.append(trouble)
                self._index.replace(*page, stamp=wanted[page], lines=())
            if on_progress:
                on_progress(number + 1, len(todo))
        self._remember_head(now.past)
        return len(todo), tuple(troubles)

    def follow(self, now: Now, pages: Iterable[Page]) -> None:
        """Write pages again, and those that new events are about."""
        locales = now.project.locales(source=True)
        for slug, locale in sorted({*pages, *self._pages_of_events(now)}):
            article = now.sources.articles.get(slug)
            if article is not None and locale in locales:
                catalog = look(now.project.root / now.project.catalog_name(slug, locale))
                units = look(now.project.root / now.project.units_name(locale))
                self._write(now, (slug, locale), _stamp(article, now.settings, catalog, units))
        self._remember_head(now.past)

    def _pages_of_events(self, now: Now) -> set[Page]:
        """The pages that events since the index's head are about."""
        project, decisions = now.project, now.past.decisions
        number, _, hash_ = self._index.meta("head").partition(" ")
        if (number, hash_) == (str(decisions.head), now.past.hash):
            return set()
        ledger = open_ledger(project.settings.ledger, base=project.root)
        try:
            fresh: Sequence[Event] = ledger.events(int(number or 0), known=hash_)
        except MedlocError:
            fresh = ledger.events()  # another ledger: everything it speaks of
        every = project.locales(source=True)
        found: set[Page] = set()
        for event in fresh:
            draft = event.draft
            articles = {draft.article, draft.earlier_article} - {""}
            if draft.kind in _RELATED:
                related = (decisions.related_articles(a) for a in articles)
                articles = {name for names in related for name in names}
            if draft.kind not in (Kind.SOURCE, Kind.PUBLISH):
                locales = every if draft.kind is Kind.CARRY_FORWARD else (draft.locale,)
                found |= {(article, locale) for article in articles for locale in locales}
        return {(slug, la) for slug, la in found if slug in now.sources.articles and la in every}

    def _remember_head(self, past: Past) -> None:
        self._index.remember("head", f"{past.decisions.head} {past.hash}")

    def _watch_checks(self, project: Project, *, anew: bool) -> None:
        """Forget findings when what finds them has changed: a glossary is of one locale."""
        names = " ".join(check.name for check in ALL_CHECKS)
        levels = repr(sorted(project.settings.policy.checks.items()))
        common = _digest(f"{__version__} {names} {levels}")
        for locale in project.locales():
            stamp = f"{common} {look_at(glossaries(project, locale))}"
            if anew or self._index.meta(f"checks {locale}") != stamp:
                self._index.forget_findings(locale)
                self._index.drop([page for page in self._index.stamps() if page[1] == locale])
                self._index.remember(f"checks {locale}", stamp)

    def _write(self, now: Now, page: Page, stamp: str) -> None:
        slug, locale = page
        decisions = now.past.decisions
        judged = judged_messages(now.project, now.sources.articles[slug], locale, decisions)
        pairs = [t.pair for t, _ in judged if not t.empty and not t.fuzzy]
        found = {} if locale == now.project.settings.source.locale else self._findings(pairs)
        lines = [
            _with_findings(_line_of(position, t, v, decisions), found.get(t.pair.hash, ()),
                           t.pair, decisions)
            for position, (t, v) in enumerate(judged)
        ]  # fmt: skip
        self._index.replace(slug, locale, stamp=stamp, lines=lines)

    def _findings(self, pairs: Sequence[Pair]) -> Mapping[str, Sequence[tuple[str, str]]]:
        """What the checks find in pairs of one locale, by their hash."""
        if not pairs:
            return {}
        try:
            context = self._context(pairs[0].locale)
        except GlossaryError:
            return {}
        found: dict[str, Sequence[tuple[str, str]]] = dict(
            self._index.findings([pair.hash for pair in pairs])
        )
        fresh = [pair for pair in pairs if pair.hash not in found]
        new = {
            pair.hash: [(f.check, f.severity.value) for f in findings if f.check not in _OF_RUNS]
            for pair, findings in zip(fresh, run_checks(fresh, context), strict=True)
        }
        self._index.keep_findings(new)
        return {**found, **new}


def settings_stamp(project: Project) -> str:
    """All settings that articles and lines may depend on: who people are is none of them."""
    app, site = AppSettings(), SiteSettings()
    return _digest(repr(replace(project.settings, people={}, app=app, site=site, files=())))


def glossaries(project: Project, locale: str) -> list[Path]:
    """Where the glossaries of a locale may be."""
    folder = project.root / project.settings.catalogs / locale
    return [folder / name for name in GLOSSARIES]


def _page_stamps(now: Now) -> Iterator[tuple[Page, str]]:
    """What each page is made from."""
    project, catalogs = now.project, now.project.settings.catalogs
    folder = project.root / catalogs
    below = look_below(folder)

    def look_for(name: str) -> Look:
        path = f"{folder}{name.removeprefix(catalogs)}"
        return below.get(path) or look(path)  # behind a link, or not there

    for locale in project.locales(source=True):
        units = look_for(project.units_name(locale))
        for slug, article in now.sources.articles.items():
            catalog = look_for(project.catalog_name(slug, locale))
            yield (slug, locale), _stamp(article, now.settings, catalog, units)


def _stamp(article: Article, settings: str, catalog: Look, units: Look) -> str:
    return f"{article.source_hash} {settings} {catalog} {units}"


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


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
