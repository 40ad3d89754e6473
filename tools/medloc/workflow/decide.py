"""Decisions of people on exact pairs: the same rules for the command line and the app."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from medloc.errors import ConflictError, MedlocError, UsageError
from medloc.ledger import Transaction, moment, open_ledger
from medloc.model import Article, Catalog, Draft, Kind, Pair, Person, Translation
from medloc.standing import Claim, Decisions, fold, refusal
from medloc.workflow.project import Project
from medloc.workflow.requests import Request, decision_event, event_id, proposal, source_event
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations, wording_problem

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that is in the ledger."""

    article: str
    locale: str
    message: str
    number: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not taken, and why."""

    article: str
    locale: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request, message by message; `troubles` are files that could not be read."""

    done: tuple[Done, ...] = ()
    refused: tuple[Refused, ...] = ()
    troubles: tuple[MedlocError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A message the request is about: its article, and who wrote the wording as far as known."""

    article: Article
    translation: Translation
    author: str

    @property
    def pair(self) -> Pair:
        return self.translation.pair


@dataclass(slots=True)
class _Sheet:
    """What a command is about to write, and what it refuses."""

    drafts: list[Draft] = field(default_factory=list)
    accepted: list[tuple[_Candidate, str]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, candidate: _Candidate, reason: str) -> None:
        pair = candidate.pair
        identity = candidate.translation.message.id
        self.refused.append(Refused(pair.article, pair.locale, identity, reason))


def decide(project: Project, sources: Sources, request: Request, *, now: dt.datetime) -> Outcome:
    """Judge a request and append what is allowed, all in one transaction.

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
    candidates, troubles = _candidates(project, sources, request)
    with open_ledger(project.settings.ledger, base=project.root).transaction() as ledger:
        events = ledger.events()
        decisions = fold(events)
        known = {e.draft.event_id: e for e in events} if request.event else {}
        stored = {e.draft.article: e.draft.text for e in events if e.draft.kind is Kind.SOURCE}
        done: list[Done] = []
        fresh: list[_Candidate] = []
        for candidate in candidates:
            # A command sent twice is one command: say what became of it, judge nothing again.
            event = known.get(event_id(request, candidate.pair, candidate.translation.message.id))
            if event is None:
                fresh.append(candidate)
            elif event.draft.actor == request.actor:
                if request.expect not in ("", event.draft.pair.hash):
                    raise ConflictError(
                        f"--event: event {event.number} of this id was about another text",
                        advice="Use a new UUID for every new command.",
                    )
                done.append(_done(candidate, event.number))
            else:
                raise ConflictError(
                    f"--event: event {event.number} of {event.draft.actor} has this id already",
                    advice="Use a new UUID for every new command.",
                )
        sheet = _judge(project, request, actor, fresh, decisions, now.date())
        done += _append(ledger, request, sheet, decisions, stored, moment(now))
    return Outcome(tuple(done), tuple(sheet.refused), troubles)


def _candidates(
    project: Project, sources: Sources, request: Request
) -> tuple[list[_Candidate], tuple[MedlocError, ...]]:
    found: list[_Candidate] = []
    troubles: list[MedlocError] = []
    for article in sources.select(request.articles):
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
    if request.expect and not _HASH.fullmatch(request.expect):
        raise UsageError(
            "--expect: a pair's hash has 64 hexadecimal digits",
            advice="Copy `pair` whole from: medloc messages ARTICLE LOCALE --json",
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


def _judge(
    project: Project,
    request: Request,
    actor: Person,
    candidates: Sequence[_Candidate],
    decisions: Decisions,
    today: dt.date,
) -> _Sheet:
    sheet = _Sheet()
    for candidate in candidates:
        role, problem = _problem(project, request, actor, candidate, decisions, today)
        if problem:
            sheet.refuse(candidate, problem)
        else:
            sheet.accepted.append((candidate, role))
    # What was asked for counts, not what is left to do: of forty high-risk messages, the one whose
    # dose has changed must not slip through because the others are approved already.
    risky = sum(candidate.translation.high_risk for candidate in candidates)
    bulk = project.settings.policy.bulk_high_risk
    if request.kind is Kind.APPROVE and risky > 1 and not bulk:
        for item in [item for item in sheet.accepted if item[0].translation.high_risk]:
            sheet.accepted.remove(item)
            sheet.refuse(item[0], "high risk: approve it by itself, with --message ID.")
    return sheet


def _problem(
    project: Project,
    request: Request,
    actor: Person,
    candidate: _Candidate,
    decisions: Decisions,
    today: dt.date,
) -> tuple[str, str]:
    """(role, "") or ("", why the decision is refused)."""
    pair, translation = candidate.pair, candidate.translation
    if request.expect and request.expect != pair.hash:
        return "", f"the text has changed since it was read; it is now: {pair.target}"
    is_source = pair.locale == project.settings.source.locale
    if request.kind is Kind.APPROVE and not translation.empty:
        if translation.fuzzy:
            return "", "the source has changed since this was translated: the wording is stale."
        problem = wording_problem(candidate.article, translation)
        if problem:
            return "", problem
        if candidate.author == actor.id and not decisions.history(pair).authors:
            return "", f"{actor.name} wrote this wording: another person must approve it."
    claim = Claim(
        kind=request.kind,
        actor=actor,
        policy=project.settings.policy,
        door=request.door,
        today=today,
        reason=request.reason,
    )
    return refusal(pair, decisions, claim, high_risk=translation.high_risk, is_source=is_source)


def _append(
    ledger: Transaction,
    request: Request,
    sheet: _Sheet,
    decisions: Decisions,
    stored: dict[str, str],
    at: str,
) -> list[Done]:
    """Append the decisions, and before them what they rest on: the source text and the author."""
    drafts: list[Draft] = []
    places: list[int] = []
    for candidate, role in sheet.accepted:
        article, pair = candidate.article, candidate.pair
        if stored.get(article.slug) != article.text:
            stored[article.slug] = article.text
            drafts.append(source_event(article, request.actor, request.door))
        if pair.target and not decisions.history(pair).authors:
            drafts.append(proposal(pair, candidate.author, request.door))
        places.append(len(drafts))
        drafts.append(
            decision_event(request, candidate.pair, candidate.translation.message.id, role)
        )
    events = ledger.append(drafts, at=at)
    return [
        _done(candidate, events[place].number)
        for (candidate, _), place in zip(sheet.accepted, places, strict=True)
    ]


def _done(candidate: _Candidate, number: int) -> Done:
    pair = candidate.pair
    return Done(pair.article, pair.locale, candidate.translation.message.id, number)
