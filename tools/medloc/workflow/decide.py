"""Decisions of people: the same rules for the command line and the app.

This module holds what is about the wordings that stand in the catalogs; `page_decisions` what is
about whole pages or about wordings wherever they stand, `carrying` what moves decisions along.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from medloc.errors import MedlocError, UsageError
from medloc.ledger import moment, open_ledger
from medloc.model import Kind
from medloc.phrases import phrase
from medloc.standing import EDITOR, Claim, Decisions
from medloc.workflow.candidates import Candidate, Writers, candidates_of
from medloc.workflow.carrying import carry
from medloc.workflow.comments import Comment
from medloc.workflow.findings import Blockers
from medloc.workflow.lifting import lift_others, lift_wordings
from medloc.workflow.page_decisions import decide_on_pages
from medloc.workflow.past import NO_PAST, Past
from medloc.workflow.permitting import problem_of
from medloc.workflow.project import Project
from medloc.workflow.requests import (
    Request,
    as_it_counts,
    check_options,
    decision_event,
    event_id,
    proposal,
)
from medloc.workflow.sheet import Done, Outcome, Refused, Sheet
from medloc.workflow.sources import Sources

__all__ = ["Done", "Outcome", "Refused", "decide", "rehearse"]

_OF_PAGES = (Kind.RECALL, Kind.RESTORE, Kind.RECONFIRM)
_KEPT = "kept as a comment: style never blocks"


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
    claim = _claim(project, request, now)
    asked, request = request, as_it_counts(request)
    narrowed = bool(request.pairs or request.messages or request.section)
    wide = bool(request.by or request.words)
    of_pairs = not wide and (narrowed or request.kind not in _OF_PAGES)
    candidates: list[Candidate] = []
    troubles: tuple[MedlocError, ...] = ()
    if of_pairs and request.kind is not Kind.CARRY_FORWARD:
        candidates, troubles = candidates_of(project, sources, request)
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
            if not troubles:
                _refuse_lost(sheet, candidates)
        outcome = sheet.store(at=moment(now))
    notes = (_KEPT,) if request is not asked and outcome.done else ()
    return replace(outcome, troubles=(*outcome.troubles, *troubles), notes=(*outcome.notes, *notes))


def rehearse(
    project: Project,
    sources: Sources,
    request: Request,
    *,
    now: dt.datetime,
    past: Past = NO_PAST,
    clean: Collection[str] = (),
) -> Mapping[str, str]:
    """What `decide` would refuse of a request about pairs as things are now, by message id, and
    why; nothing is appended. `clean` are hashes of pairs that need no checking: no error is known
    of them. Raises what `decide` raises, and the troubles of files."""
    claim = _claim(project, request, now)
    request = as_it_counts(request)
    candidates, troubles = candidates_of(project, sources, request)
    if troubles:
        raise troubles[0]
    ledger = open_ledger(project.settings.ledger, base=project.root)
    decisions = past.brought_up(ledger).decisions
    blockers, writers = Blockers(project, decisions, clean=clean), Writers(decisions)
    found = {}
    for one in candidates:
        _, problem = problem_of(project, request, claim, one, decisions, blockers, writers)
        if problem:
            found[one.translation.message.id] = problem
    return found


def _claim(project: Project, request: Request, now: dt.datetime) -> Claim:
    actor = project.settings.people.get(request.actor)
    if actor is None:
        raise UsageError(
            phrase("--as: nobody has the id `{actor}`", actor=request.actor),
            advice=phrase(
                "Use an id from `people` in medloc.yaml: {people}.",
                people=", ".join(sorted(project.settings.people)) or phrase("it has none yet"),
            ),
        )
    check_options(request)
    request = as_it_counts(request)
    return Claim(
        kind=request.kind,
        actor=actor,
        policy=project.settings.policy,
        door=request.door,
        today=now.date(),
        role=EDITOR if request.comment is Comment.ANSWER else request.role,
        reason=request.reason,
    )


def _decide_on_pairs(
    project: Project,
    sheet: Sheet,
    claim: Claim,
    candidates: Sequence[Candidate],
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
        if not sheet.is_known(
            one.row, event_id(request, *one.row), pair_hash=request.expected(one.row[2])
        )
    ]
    # What was asked for counts, not what is left to do: of forty high-risk messages, the one whose
    # dose has changed must not slip through because the others are approved already.
    risky = sum(one.translation.high_risk for one in fresh)
    bulk = claim.policy.bulk_high_risk or request.kind is not Kind.APPROVE
    blockers, writers = Blockers(project, decisions), Writers(decisions)
    for one in fresh:
        role, problem = problem_of(project, request, claim, one, decisions, blockers, writers)
        if problem and one.row in others:
            continue  # done for what pages show of it, and the catalog holds nothing to do it for
        if not problem and one.translation.high_risk and not bulk:
            problem = _in_bulk(request, one.pair.hash, risky)
        if problem:
            sheet.refuse(one.row, problem)
            continue
        authors = decisions.history(one.pair, high_risk=one.translation.high_risk).authors
        names = writers.of(one) if one.pair.target and not authors else []
        sheet.accept(
            [one.row],
            decision_event(request, one.pair, one.translation.message.id, role),
            article=one.article,
            before=[proposal(one.pair, writer, request.door) for writer in names],
        )


def _in_bulk(request: Request, pair_hash: str, risky: int) -> str:
    """Why a message of high risk is not approved by this act on many; empty when it may be."""
    if request.pairs:
        ticked = pair_hash in request.ticked
        return "" if ticked else phrase("high risk: it has to be ticked or approved by itself.")
    return phrase("high risk: approve it by itself, with --message ID.") if risky > 1 else ""


def _refuse_lost(sheet: Sheet, candidates: Sequence[Candidate]) -> None:
    """Refuse the pairs of an act whose message is no more; what was done before stays done."""
    request = sheet.request
    there = {one.translation.message.id for one in candidates}
    for message, pair_hash in request.pairs:
        row = (request.articles[0], request.locales[0], message)
        if message in there or sheet.is_known(row, event_id(request, *row), pair_hash=pair_hash):
            continue
        sheet.refuse(row, "this message is no more: the article has changed.")
