"""What has to be read again and when: pages a year after the last look at them, sources by their
`review_by`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from medloc.errors import MedlocError
from medloc.model import Kind, Standing, Verdict
from medloc.standing import Decisions
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.status import judged_pages, read_decisions

NOTICE = (90, 30)
"""Days before the date at which a page is listed, and at which it is listed as urgent."""


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be read again: by which day, how many days are left (negative: overdue), why."""

    article: str
    locale: str
    due: dt.date
    days: int
    reason: str


def due_list(
    project: Project, sources: Sources, *, today: dt.date
) -> tuple[tuple[Due, ...], tuple[MedlocError, ...]]:
    """The pages whose date is at most 90 days off, the most urgent first, and the files that could
    not be read.

    A page is due `policy.review_every` days after the sentence on it that nobody has looked at for
    longest: an approval counts as a look at its sentence, a `reconfirm` as one at all that were
    approved before it. Only whole approved pages are listed; others wait for a decision anyway.
    """
    decisions = read_decisions(project)
    found: list[Due] = []
    troubles = list(sources.refused)
    source = project.settings.source.locale
    every = project.settings.policy.review_every
    for article in sources.articles.values():
        if article.review_by is not None:
            found.append(_due(article.slug, source, article.review_by, today, "its `review_by`"))
    for article, locale, judged in judged_pages(project, sources, decisions, troubles):
        seen = _last_seen([v for _, v in judged], decisions, article.slug, locale)
        if seen is not None and every:
            day = seen + dt.timedelta(days=every)
            found.append(_due(article.slug, locale, day, today, f"last read on {seen}"))
    listed = [due for due in found if due.days <= max(NOTICE)]
    return tuple(sorted(listed, key=lambda d: (d.due, d.article, d.locale))), tuple(troubles)


def _due(article: str, locale: str, day: dt.date, today: dt.date, reason: str) -> Due:
    return Due(article, locale, day, (day - today).days, reason)


def _last_seen(
    verdicts: Sequence[Verdict], decisions: Decisions, article: str, locale: str
) -> dt.date | None:
    """The day on which the sentence looked at longest ago was looked at; None unless every message
    is approved, by somebody."""
    if not verdicts or any(v.standing is not Standing.APPROVED or not v.events for v in verdicts):
        return None
    read_again = [
        (event.number, event.at[:10])
        for event in decisions.by_page.get((article, locale), ())
        if event.draft.kind is Kind.RECONFIRM
    ]
    number, day = read_again[-1] if read_again else (0, "")
    days = [day if verdict.events[-1] < number else verdict.decided for verdict in verdicts]
    return dt.date.fromisoformat(min(days))
