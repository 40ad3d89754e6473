"""Recalls and restores of wordings wherever the ledger knows them, not only where a catalog has
them now: by words, by who wrote or approved them, and what pages show in place of a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from medloc.errors import MedlocError, UsageError
from medloc.model import Kind, Pair, Translation
from medloc.phrases import Phrase, phrase
from medloc.standing import (
    Claim,
    Decisions,
    is_recalled_here,
    last_approved,
    refusal,
    standing_recall,
)
from medloc.workflow.bare_words import bare_words
from medloc.workflow.page_decisions import slugs_named
from medloc.workflow.project import Project
from medloc.workflow.requests import Request, decision_event, event_id
from medloc.workflow.sheet import Row, Sheet
from medloc.workflow.sources import Sources
from medloc.workflow.translations import written_sources


def lift_wordings(
    project: Project, sources: Sources, sheet: Sheet, claim: Claim, decisions: Decisions
) -> None:
    """Recall or restore every wording that a person wrote or approved since a day, or that holds
    some words as a reader sees them, in the articles and locales named."""
    request = sheet.request
    if (
        request.by
        and request.by not in project.settings.people
        and request.by not in decisions.actors
    ):
        raise UsageError(
            phrase("--by: nobody has the id `{by}`", by=request.by), advice=phrase("Check the id.")
        )
    [words] = bare_words([request.words])
    if request.words and len(words) < 3:
        raise UsageError(
            phrase("--words: too short to mean one wording"), advice=phrase("Give more of it.")
        )
    slugs = set(slugs_named(sources, decisions, request.articles))
    locales = set(project.locales(request.locales, source=True))
    known = _message_ids(project, sources, slugs)
    found = False
    # Pages may show words that were decided on under an earlier name of the article.
    names = {name for slug in slugs for name in decisions.related_articles(slug)}
    named = [
        pair
        for pair in dict.fromkeys(_pairs(decisions, request.by, str(request.since or "")))
        if pair.article in names and pair.locale in locales
    ]
    for pair, read in zip(named, bare_words([pair.target for pair in named]), strict=True):
        if words not in read:
            continue
        recall = decisions.recall(pair)
        if request.kind is Kind.RESTORE and not is_recalled_here(pair, decisions):
            continue
        found = True
        message = known.get((pair.article, pair.context, pair.source), "")
        row = (pair.article, pair.locale, message)
        identity = f"{message} {pair.hash}"
        if sheet.is_known(row, event_id(request, pair.article, pair.locale, identity)):
            continue
        if recall is not None and request.kind is Kind.RECALL:
            # Asked for all of them: that is no refusal.
            sheet.notes.append(f"recalled already (event {recall.number}): {pair.target}")
            continue
        source = pair.locale == project.settings.source.locale
        role, problem = refusal(pair, decisions, claim, high_risk=False, is_source=source)
        if problem:
            sheet.refuse(row, problem)
        else:
            sheet.accept([row], decision_event(request, pair, identity, role))
    if not found and request.by:
        raise UsageError(
            _nothing(request),
            advice=phrase("Name more articles or locales ('*' names all), or an earlier day."),
        )
    if not found:
        raise UsageError(
            phrase("the ledger knows no such wording that is recalled in what was named")
            if request.kind is Kind.RESTORE
            else phrase("the ledger knows no such wording in what was named"),
            advice=phrase(
                "Give fewer words, as a page shows them; or look for them: medloc trace TEXT."
            ),
        )


def _nothing(request: Request) -> Phrase:
    """That somebody has no such wording."""
    values = {"person": request.by, "day": request.since}
    if request.kind is Kind.RESTORE:
        template = (
            phrase(
                "{person} wrote and approved nothing since {day} that is recalled in what was named"
            )
            if request.since
            else phrase("{person} wrote and approved nothing that is recalled in what was named")
        )
    else:
        template = (
            phrase("{person} wrote and approved nothing since {day} in what was named")
            if request.since
            else phrase("{person} wrote and approved nothing in what was named")
        )
    return Phrase(template, values)


def lift_others(
    sheet: Sheet, claim: Claim, row: Row, translation: Translation, decisions: Decisions
) -> bool:
    """Recall, with a message's wording as its catalog has it, what pages may show of it instead:
    the wording approved last in its place, and the same words in its section for an earlier source
    text; restore what was recalled so. Returns whether there was any; what may not be done is left
    to the wording's own refusal.
    """
    found = False
    recalling = claim.kind is Kind.RECALL
    for pair in (_shown_instead if recalling else _recalled_beside)(claim, translation, decisions):
        identity = f"{row[2]} {pair.hash}"
        if sheet.is_known(row, event_id(sheet.request, pair.article, pair.locale, identity)):
            found = True
            continue
        role, problem = refusal(pair, decisions, claim, high_risk=False, is_source=False)
        if not problem:
            sheet.accept([row], decision_event(sheet.request, pair, identity, role))
            found = True
    return found


def _recalled_beside(
    claim: Claim, translation: Translation, decisions: Decisions
) -> tuple[Pair, ...]:
    """The recalled wordings of the place, and the same words where they are recalled for another
    source text or in a place that this one was carried from or to."""
    pair = translation.pair
    related = [Pair(*place, pair.target) for place in decisions.related(pair)]
    beside = tuple(
        found
        for (article, locale, context, source), wordings in decisions.by_place.items()
        if (article, locale, context) == (pair.article, pair.locale, pair.context)
        for target, events in wordings.items()
        if pair.source == source or pair.target == target
        if (found := replace(pair, source=source, target=target)) != pair
        if standing_recall(events) is not None
    )
    joined = (one for one in related if one != pair and is_recalled_here(one, decisions))
    return tuple(dict.fromkeys((*beside, *joined)))


def _shown_instead(
    claim: Claim, translation: Translation, decisions: Decisions
) -> tuple[Pair, ...]:
    pair = translation.pair
    roles = claim.policy.roles_for(is_source=False, high_risk=translation.high_risk)
    last = last_approved(pair, decisions, roles=roles, high_risk=translation.high_risk)
    found = [] if last is None else [replace(pair, target=last.target)]
    for (article, locale, context, source), wordings in decisions.by_place.items():
        same = (article, locale, context) == (pair.article, pair.locale, pair.context)
        if same and pair.target in wordings:
            found.append(replace(pair, source=source))
    return tuple(p for p in dict.fromkeys(found) if p != pair and p.target.strip())


def _pairs(decisions: Decisions, by: str, since: str) -> Iterator[Pair]:
    """The pairs of the ledger; of one person, those they wrote or approved since a day."""
    theirs = (Kind.PROPOSE, Kind.APPROVE)
    for (article, locale, context, source), wordings in decisions.by_place.items():
        for target, events in wordings.items():
            if not target:
                continue
            if not by or any(
                e.draft.actor == by and e.draft.kind in theirs and e.at[:10] >= since
                for e in events
            ):
                yield Pair(article, locale, context, source, target)
    for spot, events in decisions.carried.items() if by else ():
        for event in events:
            if event.draft.actor == by and event.at[:10] >= since:
                yield from _carried_there(decisions, spot)


def _carried_there(decisions: Decisions, spot: tuple[str, str, str]) -> Iterator[Pair]:
    """The wordings, in every language, that a carrying made count in a spot."""
    article, context, source = spot
    for place, wordings in decisions.by_place.items():
        here = Pair(article, place[1], context, source, "")
        if place in decisions.places(here):
            for target in filter(None, wordings):
                yield replace(here, target=target)


def _message_ids(
    project: Project, sources: Sources, slugs: set[str]
) -> Mapping[tuple[str, str, str], str]:
    """The ids of messages as they stand, by article, context and written-out source."""
    found: dict[tuple[str, str, str], str] = {}
    for slug in slugs & sources.articles.keys():
        article = sources.articles[slug]
        try:
            written = written_sources(project, article)
        except MedlocError:
            continue
        for message, text in zip(article.messages, written, strict=True):
            found[slug, message.context, text] = message.id
    return found
