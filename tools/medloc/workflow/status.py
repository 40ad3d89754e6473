"""Where every article stands in every language: counts per standing, never one percentage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from medloc.errors import LedgerError, MedlocError, SettingsError
from medloc.ledger import open_ledger
from medloc.model import Article, Standing, Translation, Verdict
from medloc.standing import Decisions, Item, fold, standings
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations


@dataclass(frozen=True, slots=True)
class Row:
    """One article in one locale: how many messages have each standing."""

    article: str
    locale: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """All rows, and the files that could not be read."""

    rows: tuple[Row, ...]
    troubles: tuple[MedlocError, ...] = ()


def status(project: Project, sources: Sources) -> Report:
    """Count the standings of every article in the source and every target locale.

    An unreadable catalog is a trouble and has no row; a bad ledger or bad settings raise.
    """
    decisions = read_decisions(project)
    rows: list[Row] = []
    troubles = list(sources.refused)
    for article, locale, judged in judged_pages(project, sources, decisions, troubles):
        counted = Counter(verdict.standing for _, verdict in judged)
        counts = {standing.value: counted.get(standing, 0) for standing in Standing}
        rows.append(Row(article.slug, locale, counts))
    return Report(tuple(rows), tuple(troubles))


def read_decisions(project: Project) -> Decisions:
    """Fold the whole ledger; nothing decided when there is none yet."""
    return fold(open_ledger(project.settings.ledger, base=project.root).events())


def judged_pages(
    project: Project, sources: Sources, decisions: Decisions, troubles: list[MedlocError]
) -> Iterator[tuple[Article, str, list[tuple[Translation, Verdict]]]]:
    """Every article in the source and every target locale, with its judged messages; what cannot be
    read goes to `troubles`, and a bad ledger or bad settings raise."""
    for article in sources.articles.values():
        for locale in project.locales(source=True):
            try:
                yield article, locale, judged_messages(project, article, locale, decisions)
            except (LedgerError, SettingsError):
                raise
            except MedlocError as trouble:
                troubles.append(trouble)


def judged_messages(
    project: Project, article: Article, locale: str, decisions: Decisions
) -> list[tuple[Translation, Verdict]]:
    """Each message of an article in a locale with its verdict, in document order."""
    source = locale == project.settings.source.locale
    catalog = None if source else load_catalog(project, article.slug, locale)
    found = translations(project, article, locale, catalog)
    return list(zip(found, judge_all(project, found, decisions), strict=True))


def judge_all(
    project: Project, found: Sequence[Translation], decisions: Decisions
) -> tuple[Verdict, ...]:
    """The verdict on each translation, in order."""
    items = [Item(t.pair, t.high_risk, t.fuzzy, t.empty) for t in found]
    settings = project.settings
    return standings(decisions, items, policy=settings.policy, source_locale=settings.source.locale)
