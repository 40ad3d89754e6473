"""A page as a person reads it before they sign: every message in document order, and what of it
they cannot sign."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from medloc.checks.marking import Mark, marks
from medloc.glossary import GlossaryError
from medloc.model import Article, Kind, Person, Translation, Verdict
from medloc.phrases import Phrase, phrase, together
from medloc.workflow.desk import Desk
from medloc.workflow.permitting import WAY_OUT
from medloc.workflow.requests import Request
from medloc.workflow.status import judge_all
from medloc.workflow.translations import load_catalog, translations

_KEPT = 64  # pages


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message on the page that is read: its number from 1, the level of a heading (0: none), and
    the marks of both texts."""

    number: int
    translation: Translation
    verdict: Verdict
    level: int
    marks: tuple[tuple[Mark, ...], tuple[Mark, ...]]

    @property
    def id(self) -> str:
        return self.translation.message.id

    @property
    def high_risk(self) -> bool:
        return self.translation.high_risk

    @property
    def named(self) -> tuple[str, str]:
        """How an act names it: message id and pair hash."""
        return self.id, self.translation.pair.hash


@dataclass(frozen=True, slots=True)
class ReadPage:
    """An article in a locale as it stands, in document order; `trouble` is what keeps words from
    being marked."""

    article: Article
    locale: str
    sentences: tuple[Sentence, ...]
    trouble: str = ""
    is_source: bool = False


class PageReader:
    """Pages of a desk as they are read; keeps of each what does not change between two clicks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._texts: dict[tuple[str, str], tuple[object, ReadPage]] = {}
        self._left: dict[tuple[str, str, str], tuple[object, Mapping[str, str]]] = {}

    def page(self, slug: str, locale: str) -> ReadPage | None:
        """The page as it stands now; None when there is no such article or locale. Raises
        CatalogError for a catalog that cannot be read."""
        desk = self._desk
        project, article = desk.project, desk.sources.articles.get(slug)
        if article is None or locale not in project.locales(source=True):
            return None
        context, trouble = self._context(locale)
        files = (project.catalog_name(slug, locale), project.units_name(locale))
        stamp = (project, article, context, *(_stamp(desk.root / name) for name in files))
        known = self._texts.get((slug, locale))
        if known is None or known[0] != stamp:
            known = stamp, _read(desk, article, locale, trouble)
            _keep(self._lock, self._texts, (slug, locale), known)
        page = known[1]
        found = judge_all(project, [one.translation for one in page.sentences], desk.decisions)
        judged = zip(page.sentences, found, strict=True)
        return replace(
            page, sentences=tuple(replace(one, verdict=verdict) for one, verdict in judged)
        )

    def left_out(self, page: ReadPage, person: Person, *, door: str) -> Mapping[str, str]:
        """What of a page somebody cannot sign, by message id, and why."""
        desk = self._desk
        decisions = desk.decisions
        stamp = (person, desk.clock().date(), [
            (one.named, one.verdict, decisions.history(one.translation.pair).numbers,
             sum(map(len, decisions.wordings(one.translation.pair).values())))
            for one in page.sentences
        ], desk.project)  # fmt: skip
        key = (page.article.slug, page.locale, person.id)
        known = self._left.get(key)
        if known is None or known[0] != stamp:
            pairs = tuple(one.named for one in page.sentences)
            known = stamp, refusals(desk, page.article.slug, page.locale, pairs, person, door)
            _keep(self._lock, self._left, key, known)
        return known[1]

    def _context(self, locale: str) -> tuple[object, str]:
        if locale == self._desk.project.settings.source.locale:
            return None, ""
        try:
            return self._desk.context(locale), ""
        except GlossaryError as trouble:
            return None, str(trouble)


def refusals(
    desk: Desk, slug: str, locale: str, pairs: tuple[tuple[str, str], ...], who: Person, door: str
) -> Mapping[str, str]:
    """Which of these pairs (message id, pair hash) somebody could not approve now, and why."""
    request = Request(kind=Kind.APPROVE, articles=(slug,), locales=(locale,), actor=who.id,
                      door=door, pairs=pairs)  # fmt: skip
    return {message: in_app(why) for message, why in desk.rehearse(request).items()}


def in_app(reason: str) -> str:
    """A reason without the way out of the command line."""
    parts = tuple(reason.values.values()) if isinstance(reason, Phrase) else ()
    if not parts or getattr(parts[-1], "template", "") != WAY_OUT:
        return reason
    return together(*map(str, parts[:-1]), phrase("Ask for a change, or leave it to the editors."))


def page_messages(desk: Desk, slug: str, locale: str) -> tuple[Translation, ...]:
    """The messages of an article in a locale as they stand; none when there is no such page."""
    article = desk.sources.articles.get(slug)
    if article is None or locale not in desk.project.locales(source=True):
        return ()
    is_source = locale == desk.project.settings.source.locale
    catalog = None if is_source else load_catalog(desk.project, slug, locale)
    return translations(desk.project, article, locale, catalog)


def _read(desk: Desk, article: Article, locale: str, trouble: str) -> ReadPage:
    found = page_messages(desk, article.slug, locale)
    levels = {heading.message: heading.level for heading in article.headings}
    is_source = locale == desk.project.settings.source.locale
    context = None if is_source or trouble else desk.context(locale)
    verdicts = judge_all(desk.project, found, desk.decisions)
    sentences = tuple(
        Sentence(index + 1, one, verdict, levels.get(index, 0),
                 marks(one.pair, context) if context else ((), ()))
        for index, (one, verdict) in enumerate(zip(found, verdicts, strict=True))
    )  # fmt: skip
    return ReadPage(article, locale, sentences, trouble, is_source)


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def _keep(lock: threading.Lock, known: dict, key: object, value: object) -> None:  # type: ignore[type-arg]
    """Keep the latest; the oldest makes room."""
    with lock:
        known.pop(key, None)
        known[key] = value
        while len(known) > _KEPT:
            del known[next(iter(known))]
