"""Whether somebody may say so of a wording as its catalog has it: catalogs, checks and rules."""

from __future__ import annotations

from medloc.glossary import GlossaryError
from medloc.model import Kind, Person
from medloc.standing import Claim, Decisions, judge, refusal
from medloc.workflow.candidates import Candidate, Writers
from medloc.workflow.findings import Blockers, waived
from medloc.workflow.project import Project
from medloc.workflow.requests import Request
from medloc.workflow.translations import wording_problem
from medloc.workflow.wordings import newer_wording

WAY_OUT = "Mend the wording, or accept it with a reason: medloc decide waive"


def problem_of(
    project: Project,
    request: Request,
    claim: Claim,
    candidate: Candidate,
    decisions: Decisions,
    blockers: Blockers,
    writers: Writers,
) -> tuple[str, str]:
    """(role, "") or ("", why the decision is refused)."""
    pair, translation = candidate.pair, candidate.translation
    expected = request.expected(translation.message.id)
    if expected and expected != pair.hash:
        return "", f"the text has changed since it was read; it is now: {pair.target}"
    high_risk = translation.high_risk
    if request.kind is Kind.APPROVE and not translation.empty:
        problem = _approval_problem(project, claim.actor, candidate, decisions, blockers, writers)
        if problem:
            return "", problem
    is_source = pair.locale == project.settings.source.locale
    if request.kind is Kind.WAIVE and not translation.empty:
        problem = _waiver_problem(request, claim.actor, candidate, decisions, blockers, writers)
        if problem:
            return "", problem
    role, problem = refusal(pair, decisions, claim, high_risk=high_risk, is_source=is_source)
    if not problem and request.pairs:
        problem = _act_problem(claim, candidate, decisions, role, is_source=is_source)
    return ("", problem) if problem else (role, "")


def _act_problem(
    claim: Claim, candidate: Candidate, decisions: Decisions, role: str, *, is_source: bool
) -> str:
    """What keeps a pair out of an act on many, though it might be approved by itself: an act on a
    page fills what is open, and passes over nobody's objection, not even one's own."""
    pair, high_risk = candidate.pair, candidate.translation.high_risk
    latest = decisions.history(pair, high_risk=high_risk).latest
    objecting = sorted(
        person for person, event in latest.items() if event.draft.kind is Kind.REQUEST_CHANGES
    )
    if objecting:
        return f"changes were requested by {', '.join(objecting)}: settle that first."
    roles = claim.policy.roles_for(is_source=is_source, high_risk=high_risk)
    wanted = judge(pair, decisions, roles=roles, high_risk=high_risk).wanted
    if not wanted:
        return "approved already."
    return "" if role in wanted else f"what it still waits for is: {', '.join(wanted)}."


def _waiver_problem(
    request: Request,
    actor: Person,
    candidate: Candidate,
    decisions: Decisions,
    blockers: Blockers,
    writers: Writers,
) -> str:
    """What the catalog says against a waiver; empty when nothing. A check that is switched off
    finds nothing, so there is nothing to compare with."""
    pair = candidate.pair
    authors = decisions.history(pair, high_risk=candidate.translation.high_risk).authors
    if not authors and actor.id in writers.of(candidate):
        return f"{actor.name} wrote this wording: another person must accept what was found."
    try:
        if blockers.is_on(request.check, pair.locale) and not blockers.finds(request.check, pair):
            return f"`{request.check}` finds nothing in this wording: there is nothing to accept."
    except GlossaryError as trouble:
        return f"the wording cannot be checked: {trouble}"
    if request.check in waived(pair, decisions):
        return f"`{request.check}` is accepted for this wording already."
    return ""


def _approval_problem(
    project: Project,
    actor: Person,
    candidate: Candidate,
    decisions: Decisions,
    blockers: Blockers,
    writers: Writers,
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
    problem = _check_problem(candidate, actor, blockers)
    if problem:
        return problem
    authors = decisions.history(pair, high_risk=translation.high_risk).authors
    if not authors and actor.id in writers.of(candidate):
        return f"{actor.name} wrote this wording: another person must approve it."
    return ""


def _check_problem(candidate: Candidate, actor: Person, blockers: Blockers) -> str:
    """What the checks say against an approval, and the way out; empty when nothing."""
    pair = candidate.pair
    try:
        found = blockers.of(pair)
    except GlossaryError as trouble:
        return f"the wording cannot be checked: {trouble}"
    if not found:
        return ""
    said = " ".join(f"[{finding.check}] {finding.message}" for finding in found)
    return (
        f"the checks found {'an error' if len(found) == 1 else f'{len(found)} errors'}: {said} "
        f"{WAY_OUT} {pair.article} {pair.locale} --message {candidate.translation.message.id} "
        f"--check {found[0].check} --reason WHY --as {actor.id}"
    )
