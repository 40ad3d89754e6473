"""Every article through the gate in every language: what is published, what is shown instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from medloc.errors import LedgerError, MedlocError, SettingsError
from medloc.model import Article, Notice, Shown, Withheld
from medloc.phrases import phrase, together
from medloc.standing import Decisions
from medloc.theme.views import PageNotice
from medloc.workflow.editions import Editions
from medloc.workflow.gate import Gated, gate
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.status import judge_all
from medloc.workflow.translations import load_catalog, translations, written_sources

_NOTICES = {Shown.CORRECTING: PageNotice.CORRECTING, Shown.WITHDRAWN: PageNotice.WITHDRAWN}


@dataclass(slots=True)
class Gates:
    """The outcome of all gates: what may be published by article and locale (`passed`, last good
    editions among them), where a notice stands instead, and what may not be published and why."""

    passed: dict[str, dict[str, Gated]] = field(default_factory=dict)
    notices_at: dict[str, dict[str, PageNotice]] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    troubles: list[MedlocError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def open_gates(
    project: Project,
    sources: Sources,
    decisions: Decisions,
    *,
    today: dt.date,
    on_article: Callable[[int, int], None] = lambda done, total: None,
) -> Gates:
    """Put every article through the gate in the source and every target locale; `on_article` hears
    of each how many are done, of how many."""
    gates = Gates(troubles=list(sources.refused), notices=list(sources.notices))
    editions = Editions(project, decisions, today=today)
    for number, article in enumerate(sources.articles.values()):
        on_article(number, len(sources.articles))
        gate_article(project, article, decisions, editions, gates, today=today)
    for refused in sources.refused:
        gates.withheld += withheld_unread(project, refused)
    return gates


def gate_article(
    project: Project,
    article: Article,
    decisions: Decisions,
    editions: Editions,
    gates: Gates,
    *,
    today: dt.date,
) -> None:
    """Put one article through the gate in the source and every target locale, and add to `gates`
    what came of it. `decisions` need to hold only what was said of this article and those that
    carrying joins with it."""
    overdue: str = ""
    if article.review_by is not None and article.review_by < today:
        overdue = phrase("the medical review was due on {date}", date=article.review_by)
        gates.notices.append(Notice(article.path, 1, overdue))
    written: tuple[str, ...] = ()
    for locale in project.locales(source=True):
        try:
            written = written or written_sources(project, article)
            result = _through_gate(project, article, locale, decisions, written)
        except (LedgerError, SettingsError):
            raise
        except MedlocError as trouble:
            gates.troubles.append(trouble)
            result = Withheld(article.slug, locale, str(trouble))
        if overdue and project.settings.policy.overdue == "withhold":
            result = _overdue(result, article, locale, overdue)
        elif isinstance(result, Withheld):
            result = _instead(gates, editions, result, article)
        if isinstance(result, Withheld):
            gates.withheld.append(result)
        else:
            gates.passed.setdefault(article.slug, {})[locale] = result


def _through_gate(
    project: Project,
    article: Article,
    locale: str,
    decisions: Decisions,
    written: tuple[str, ...],
) -> Gated | Withheld:
    source = locale == project.settings.source.locale
    catalog = None if source else load_catalog(project, article.slug, locale)
    found = translations(project, article, locale, catalog, sources=written)
    return gate(article, locale, found, judge_all(project, found, decisions))


def _overdue(result: Gated | Withheld, article: Article, locale: str, reason: str) -> Withheld:
    """A page whose source is past its date is not shown, in no edition."""
    if isinstance(result, Withheld):
        return replace(result, reason=together(result.reason, reason, between="; "))
    return Withheld(article.slug, locale, reason)


def _instead(gates: Gates, editions: Editions, held: Withheld, article: Article) -> Withheld:
    """Put at the page's address what may stand there instead, and say so."""
    instead = editions.instead_of(article, held.locale)
    if instead.gated is not None:
        gates.passed.setdefault(article.slug, {})[held.locale] = instead.gated
    elif instead.shown in _NOTICES:
        by_locale = gates.notices_at.setdefault(article.slug, {})
        by_locale[held.locale] = _NOTICES[instead.shown]
    reason = together(held.reason, instead.reason, between="; ")
    return replace(held, reason=reason, shown=instead.shown)


def withheld_unread(project: Project, trouble: MedlocError) -> list[Withheld]:
    """An article nobody can read keeps its pages back in every language, with its reason."""
    content = f"{project.settings.content}/"
    slug = trouble.path.removeprefix(content).removesuffix(".md") or trouble.path
    return [Withheld(slug, locale, str(trouble)) for locale in project.locales(source=True)]
