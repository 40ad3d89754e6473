"""Decisions of people: the same rules for the command line and the app.

This module holds what is about the wordings that stand in the catalogs; `page_decisions` what is
about whole pages or about wordings wherever they stand, `carrying` what moves decisions along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from medloc.errors import MedlocError, UsageError
from medloc.glossary import GlossaryError
from medloc.ledger import moment, open_ledger
from medloc.model import Article, Catalog, Kind, Pair, Person, Translation
from medloc.standing import Claim, Decisions, refusal
from medloc.workflow.carrying import carry
from medloc.workflow.findings import Blockers
from medloc.workflow.lifting import lift_others, lift_wordings
from medloc.workflow.page_decisions import decide_on_pages
from medloc.workflow.past import NO_PAST, Past
from medloc.workflow.project import Project
from medloc.workflow.requests import Request, check_options, decision_event, event_id, proposal
from medloc.workflow.sheet import Done, Outcome, Refused, Row, Sheet
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations, wording_problem
from medloc.workflow.wordings import newer_wording

__all__ = ["Done", "Outcome", "Refused", "author_of", "decide"]

_OF_PAGES = (Kind.RECALL, Kind.RESTORE, Kind.RECONFIRM)


@dataclass(frozen=True, slots=True)
class _Candidate:
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


def decide(
    project: Project,
    sources: Sources,
    request: Request,
    *,
    now: dt.datetime,
    past: Past = NO_PAST,
) -> Outcome:
    """Judge a request and append what is allowed, all in one transaction.

    `past` is what the caller has folded already; what came after it is read and folded here.

    Raises UsageError for a person nobody knows or a selection that fits nothing, LedgerError when
    the ledger cannot be used. What the rules refuse is in the outcome, message by message.
    """
    actor = project.settings.people.get(request.actor)
    if actor is None:
        raise UsageError(
            f"--as: nobody has the id `{request.actor}`",
            advice="Use an id from `people` in medloc.yaml: "
            f"{', '.join(sorted(project.settings.people)) or 'it has none yet'}.",
        )
    check_options(request)
    claim = Claim(
        kind=request.kind,
        actor=actor,
        policy=project.settings.policy,
        door=request.door,
        today=now.date(),
        reason=request.reason,
    )
    narrowed = bool(request.messages or request.section)
    wide = bool(request.by or request.words)
    of_pairs = not wide and (narrowed or request.kind not in _OF_PAGES)
    candidates: list[_Candidate] = []
    troubles: tuple[MedlocError, ...] = ()
    if of_pairs and request.kind is not Kind.CARRY_FORWARD:
        candidates, troubles = _candidates(project, sources, request)
    with open_ledger(project.settings.ledger, base=project.root).transaction() as ledger:
        decisions = past.brought_up(ledger).decisions
        sheet = Sheet(request, ledger, decisions)
        if request.kind is Kind.CARRY_FORWARD:
            carry(project, sources, sheet, claim, decisions)
        elif wide:
            lift_wordings(project, sources, sheet, claim, decisions)
        elif not of_pairs:
            decide_on_pages(project, sources, sheet, claim, decisions)
        else:
            _decide_on_pairs(project, sheet, claim, candidates, decisions)
        outcome = sheet.store(at=moment(now))
    return replace(outcome, troubles=(*outcome.troubles, *troubles))


def _candidates(
    project: Project, sources: Sources, request: Request
) -> tuple[list[_Candidate], tuple[MedlocError, ...]]:
    found: list[_Candidate] = []
    troubles: list[MedlocError] = []
    try:
        articles = sources.select(request.articles)
    except UsageError as trouble:
        if request.kind is Kind.RECALL and sources.refused:
            trouble.advice += " Recall what cannot be read as a whole page, or by --words TEXT."
        raise
    for article in articles:
        for locale in project.locales(request.locales, source=True):
            try:
                found += _in_article(project, article, locale, request)
            except MedlocError as trouble:
                troubles.append(trouble)
    lost = set(request.messages) - {c.translation.message.id for c in found}
    if not troubles and (lost or (request.section and not found)):
        asked = f"message {min(lost)}" if lost else f"section {request.section}"
        raise UsageError(
            f"there is no {asked} in what was named",
            advice="List what there is: medloc messages ARTICLE LOCALE.",
        )
    if request.expect and len(found) > 1:
        raise UsageError(
            f"--expect names one pair, and {len(found)} messages were named",
            advice="Name one with --message ID.",
        )
    return found, tuple(troubles)


def _in_article(
    project: Project, article: Article, locale: str, request: Request
) -> Iterator[_Candidate]:
    is_source = locale == project.settings.source.locale
    catalog = None if is_source else load_catalog(project, article.slug, locale)
    author = "file" if is_source else author_of(project, catalog)
    for translation in translations(project, article, locale, catalog):
        message = translation.message
        if request.messages and message.id not in request.messages:
            continue
        if request.section and request.section not in (message.section, message.context):
            continue
        # A whole article is decided on: what nobody has translated yet is no part of the question.
        if translation.empty and not (request.messages or request.section):
            continue
        yield _Candidate(article, translation, author)


def author_of(project: Project, catalog: Catalog | None) -> str:
    """Who a catalog's words are from: the person whose e-mail is `Last-Translator`, else "file"."""
    header = catalog.header("Last-Translator").lower() if catalog else ""
    for person in project.settings.people.values():
        if person.email and (f"<{person.email}>" in header or header.strip() == person.email):
            return person.id
    return "file"


def _decide_on_pairs(
    project: Project,
    sheet: Sheet,
    claim: Claim,
    candidates: Sequence[_Candidate],
    decisions: Decisions,
) -> None:
    request = sheet.request
    others = {
        one.row
        for one in candidates
        if request.kind in (Kind.RECALL, Kind.RESTORE) and not request.expect
        if lift_others(sheet, claim, one.row, one.translation, decisions)
    }
    fresh = [
        one
        for one in candidates
        if not sheet.is_known(one.row, event_id(request, *one.row), pair_hash=request.expect)
    ]
    # What was asked for counts, not what is left to do: of forty high-risk messages, the one whose
    # dose has changed must not slip through because the others are approved already.
    risky = sum(one.translation.high_risk for one in fresh)
    alone = claim.policy.bulk_high_risk or request.kind is not Kind.APPROVE or risky <= 1
    blockers = Blockers(project, decisions)
    for one in fresh:
        role, problem = _problem(project, request, claim, one, decisions, blockers)
        if problem and one.row in others:
            continue  # done for what pages show of it, and the catalog holds nothing to do it for
        if not problem and one.translation.high_risk and not alone:
            problem = "high risk: approve it by itself, with --message ID."
        if problem:
            sheet.refuse(one.row, problem)
            continue
        authors = decisions.history(one.pair, high_risk=one.translation.high_risk).authors
        writers = _writers(one, decisions) if one.pair.target and not authors else []
        sheet.accept(
            [one.row],
            decision_event(request, one.pair, one.translation.message.id, role),
            article=one.article,
            before=[proposal(one.pair, writer, request.door) for writer in writers],
        )


def _writers(candidate: _Candidate, decisions: Decisions) -> list[str]:
    """Who wrote a wording that the ledger has not heard of in this place: who wrote these words
    elsewhere in the article (before a heading or the source text changed), else whom the catalog
    names."""
    pair = candidate.pair
    found = {
        event.draft.actor
        for (article, locale, _, _), wordings in decisions.by_place.items()
        if (article, locale) == (pair.article, pair.locale)
        for event in wordings.get(pair.target, ())
        if event.draft.kind is Kind.PROPOSE
    }
    return sorted((found | {candidate.author}) - {"file"}) or ["file"]


def _problem(
    project: Project,
    request: Request,
    claim: Claim,
    candidate: _Candidate,
    decisions: Decisions,
    blockers: Blockers,
) -> tuple[str, str]:
    """(role, "") or ("", why the decision is refused)."""
    pair, translation = candidate.pair, candidate.translation
    if request.expect and request.expect != pair.hash:
        return "", f"the text has changed since it was read; it is now: {pair.target}"
    high_risk = translation.high_risk
    if request.kind is Kind.APPROVE and not translation.empty:
        problem = _approval_problem(project, claim.actor, candidate, decisions, blockers)
        if problem:
            return "", problem
    is_source = pair.locale == project.settings.source.locale
    return refusal(pair, decisions, claim, high_risk=high_risk, is_source=is_source)


def _approval_problem(
    project: Project,
    actor: Person,
    candidate: _Candidate,
    decisions: Decisions,
    blockers: Blockers,
) -> str:
    """What the catalog says against an approval; empty when nothing."""
    pair, translation = candidate.pair, candidate.translation
    if translation.fuzzy:
        return "the source has changed since this was translated: the wording is stale."
    problem = wording_problem(candidate.article, translation)
    if problem:
        return problem
    if pair.locale == project.settings.source.locale:
        return ""
    newer = newer_wording(project, candidate.article, translation, decisions)
    if newer:
        return newer
    problem = _check_problem(pair, blockers)
    if problem:
        return problem
    authors = decisions.history(pair, high_risk=translation.high_risk).authors
    if not authors and actor.id in _writers(candidate, decisions):
        return f"{actor.name} wrote this wording: another person must approve it."
    return ""


def _check_problem(pair: Pair, blockers: Blockers) -> str:
    """What the checks say against an approval, and the way out; empty when nothing."""
    try:
        found = blockers.of(pair)
    except GlossaryError as trouble:
        return f"the wording cannot be checked: {trouble}"
    if not found:
        return ""
    said = " ".join(f"[{finding.check}] {finding.message}" for finding in found)
    return (
        f"the checks found {'an error' if len(found) == 1 else f'{len(found)} errors'}: {said} "
        "Mend the wording, or accept it with a reason: medloc decide waive ... --check "
        f"{found[0].check} --reason WHY"
    )
