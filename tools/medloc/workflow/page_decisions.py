"""Decisions that are not about what stands in one catalog: on whole pages (recall, restore,
reconfirm), and recalls of wordings wherever the ledger knows them."""

from __future__ import annotations

from medloc.errors import MedlocError
from medloc.model import Article, Kind, Withheld
from medloc.phrases import phrase
from medloc.standing import Claim, Decisions, page_refusal
from medloc.workflow.editions import Editions
from medloc.workflow.gate import gate
from medloc.workflow.project import Project, select
from medloc.workflow.requests import event_id, page_event
from medloc.workflow.sheet import Sheet
from medloc.workflow.sources import Sources
from medloc.workflow.status import judged_messages
from medloc.workflow.translations import page_digest


def decide_on_pages(
    project: Project, sources: Sources, sheet: Sheet, claim: Claim, decisions: Decisions
) -> None:
    """Recall, restore or reconfirm articles in locales.

    A page can be recalled although its source cannot be read: the ledger knows the article.
    """
    request, policy = sheet.request, claim.policy
    editions = Editions(project, decisions, today=claim.today)
    for slug in slugs_named(sources, decisions, request.articles):
        article = sources.articles.get(slug)
        for locale in project.locales(request.locales, source=True):
            row = (slug, locale, "")
            if sheet.is_known(row, event_id(request, *row)):
                continue
            source = locale == project.settings.source.locale
            roles = (
                policy.source
                if source
                else tuple(dict.fromkeys((*policy.high_risk, *policy.normal)))
            )
            kept_down = _kept_down(editions, article, locale, claim)
            role, problem = page_refusal(
                slug, locale, decisions, claim, roles=roles, is_down=bool(kept_down)
            )
            text = ""
            if not problem and claim.kind is Kind.RECONFIRM:
                text, problem = _reread(project, article, locale, claim, decisions)
            elif kept_down:
                text = kept_down
            if problem:
                sheet.refuse(row, problem)
            else:
                sheet.accept([row], page_event(request, slug, locale, role, text=text))


def slugs_named(
    sources: Sources, decisions: Decisions, patterns: tuple[str, ...]
) -> tuple[str, ...]:
    """Articles that can be read, and those that the ledger knows, which fit the patterns."""
    known = {place[0] for place in (*decisions.by_place, *decisions.by_page, *decisions.joined)}
    names = (*sources.articles, *sorted(known - sources.articles.keys()))
    return select("article", names, patterns)


def _kept_down(editions: Editions, article: Article | None, locale: str, claim: Claim) -> str:
    if claim.kind is not Kind.RESTORE or article is None:
        return ""
    return editions.kept_down(article, locale)


def _reread(
    project: Project, article: Article | None, locale: str, claim: Claim, decisions: Decisions
) -> tuple[str, str]:
    """(what the page says, "") when it is published as it stands, or ("", why it is not)."""
    if article is None:
        return "", phrase("its source cannot be read.")
    try:
        judged = judged_messages(project, article, locale, decisions)
    except MedlocError as trouble:
        return "", str(trouble)
    found = tuple(translation for translation, _ in judged)
    if isinstance(held := gate(article, locale, found, [v for _, v in judged]), Withheld):
        return "", phrase("it is not published as it stands: {reason}.", reason=held.reason)
    wrote = any(
        claim.actor.id in decisions.history(t.pair, high_risk=t.high_risk).authors for t in found
    )
    if wrote:
        return "", phrase(
            "{name} wrote wordings of it: another person must read it.", name=claim.actor.name
        )
    return page_digest(found), ""
