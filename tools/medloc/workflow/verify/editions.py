"""Whether an earlier edition that still stands is the one that a build would leave standing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from medloc.model import Article, Shown
from medloc.standing import Decisions
from medloc.workflow.editions import Editions
from medloc.workflow.project import Project
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, day, proof_of
from medloc.workflow.verify.proved import ProvedPage

_FOR_EVER = 100 * 365


def check_editions(
    site: Site, pages: Sequence[ProvedPage], decisions: Decisions, project: Project
) -> None:
    """Look again for the last good edition of every page that says to be one; raises RefutedError.

    What the current source is, pages of the same article in other languages tell. Without any, its
    grace and what has changed since are left to `--rebuild`.
    """
    current = {page.article.slug: page.article for page in pages if not page.last_good}
    today = day(site.root)
    known = Editions(_under(project, site, site.root.policy.grace), decisions, today=today)
    unknown = Editions(_under(project, site, _FOR_EVER), decisions, today=today)
    for page in pages:
        if page.last_good:
            article = current.get(page.article.slug)
            editions = unknown if article is None else known
            _check_edition(page, editions, article or page.article, today)


def _check_edition(page: ProvedPage, editions: Editions, current: Article, today: dt.date) -> None:
    found = editions.instead_of(current, page.locale)
    if found.shown is not Shown.LAST_GOOD or found.gated is None:
        raise refute(
            Level.DECISIONS,
            proof_of(page.path),
            expected=f"{found.shown.value} on {today} ({found.reason or 'no edition'})",
            found="an earlier edition",
        )
    if found.gated.article.text != page.article.text:
        raise refute(
            Level.DECISIONS,
            proof_of(page.path),
            expected=f"the edition of {found.gated.edition}, of another source",
            found=f"an edition of {page.source}",
        )
    rows = zip(found.gated.article.messages, found.gated.verdicts, page.words, strict=True)
    for message, verdict, words in rows:
        if verdict.target != words:
            raise refute(
                Level.DECISIONS,
                proof_of(page.path),
                message=message.id,
                expected=f"the wording approved last: {verdict.target}",
                found=words,
            )


def _under(project: Project, site: Site, grace: int) -> Project:
    """The project under the policy that the site records."""
    recorded = site.root.policy
    policy = replace(
        project.settings.policy,
        normal=recorded.normal,
        high_risk=recorded.high_risk,
        source=recorded.source,
        raw_html=recorded.raw_html,
        incomplete=recorded.incomplete,
        grace=grace,
    )
    return replace(project, settings=replace(project.settings, policy=policy))
