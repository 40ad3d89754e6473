"""The messages a request is about, as their catalogs have them, and who wrote their wordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medloc.errors import MedlocError, UsageError
from medloc.model import Article, Catalog, Kind, Pair, Translation
from medloc.phrases import phrase, together
from medloc.standing import Decisions
from medloc.workflow.project import Project
from medloc.workflow.requests import Request
from medloc.workflow.sheet import Row
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message the request is about: its article, and who wrote the wording as far as known."""

    article: Article
    translation: Translation
    author: str  # by the catalog's header; "file" when it names nobody

    @property
    def pair(self) -> Pair:
        return self.translation.pair

    @property
    def row(self) -> Row:
        return self.pair.article, self.pair.locale, self.translation.message.id


def candidates_of(
    project: Project, sources: Sources, request: Request
) -> tuple[list[Candidate], tuple[MedlocError, ...]]:
    """The messages, in document order, and the files that could not be read. Raises UsageError for
    a selection that fits nothing; messages of `pairs` that are no more are left out."""
    found: list[Candidate] = []
    troubles: list[MedlocError] = []
    try:
        articles = sources.select(request.articles)
    except UsageError as trouble:
        if request.kind is Kind.RECALL and sources.refused:
            trouble.advice = together(
                trouble.advice,
                phrase("Recall what cannot be read as a whole page, or by --words TEXT."),
            )
        raise
    for article in articles:
        for locale in project.locales(request.locales, source=True):
            try:
                found += _in_article(project, article, locale, request)
            except MedlocError as trouble:
                troubles.append(trouble)
    lost = set(request.messages) - {c.translation.message.id for c in found}
    if not troubles and (lost or (request.section and not found)):
        raise UsageError(
            phrase("there is no message {message} in what was named", message=min(lost))
            if lost
            else phrase("there is no section {section} in what was named", section=request.section),
            advice=phrase("List what there is: medloc messages ARTICLE LOCALE."),
        )
    if request.expect and len(found) > 1:
        raise UsageError(
            phrase("--expect names one pair, and {count} messages were named", count=len(found)),
            advice=phrase("Name one with --message ID."),
        )
    return found, tuple(troubles)


def _in_article(
    project: Project, article: Article, locale: str, request: Request
) -> Iterator[Candidate]:
    is_source = locale == project.settings.source.locale
    catalog = None if is_source else load_catalog(project, article.slug, locale)
    author = "file" if is_source else author_of(project, catalog)
    named = frozenset(request.messages or (message for message, _ in request.pairs))
    for translation in translations(project, article, locale, catalog):
        message = translation.message
        if named and message.id not in named:
            continue
        if request.section and request.section not in (message.section, message.context):
            continue
        # A whole article is decided on: what nobody has translated yet is no part of the question.
        if translation.empty and not (named or request.section):
            continue
        yield Candidate(article, translation, author)


def author_of(project: Project, catalog: Catalog | None) -> str:
    """Who a catalog's words are from: the person whose e-mail is `Last-Translator`, else "file"."""
    header = catalog.header("Last-Translator").lower() if catalog else ""
    for person in project.settings.people.values():
        if person.email and (f"<{person.email}>" in header or header.strip() == person.email):
            return person.id
    return "file"


class Writers:
    """Who wrote wordings."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions

    def of(self, candidate: Candidate) -> list[str]:
        """Who wrote a wording that the ledger has not heard of in this place: who wrote these words
        anywhere else (before a heading, the source text or the article's name changed), and whom
        the catalog names."""
        words = (candidate.pair.locale, candidate.pair.target)
        found = self._decisions.proposers.get(words, frozenset())
        return sorted((found | {candidate.author}) - {"file"}) or ["file"]
