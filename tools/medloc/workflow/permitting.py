"""Whether somebody may say so of a wording as its catalog has it: catalogs, checks and rules."""

from __future__ import annotations

from medloc.glossary import GlossaryError
from medloc.model import Kind, Person
from medloc.phrases import Phrase, phrase, together
from medloc.standing import Claim, Decisions, judge, refusal
from medloc.workflow.candidates import Candidate, Writers
from medloc.workflow.comments import comment_problem
from medloc.workflow.findings import Blockers, said_together, waived
from medloc.workflow.project import Project
from medloc.workflow.requests import Request
from medloc.workflow.translations import wording_problem
from medloc.workflow.wordings import newer_wording

WAY_OUT = phrase("Mend the wording, or accept it with a reason: {command}")


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
        return "", phrase(
            "the text has changed since it was read; it is now: {wording}", wording=pair.target
        )
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
    if request.kind is Kind.COMMENT:
        source_locale = project.settings.source.locale
        problem = comment_problem(request.comment, claim, pair, source_locale)
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
        return phrase(
            "changes were requested by {people}: settle that first.", people=", ".join(objecting)
        )
    roles = claim.policy.roles_for(is_source=is_source, high_risk=high_risk)
    wanted = judge(pair, decisions, roles=roles, high_risk=high_risk).wanted
    if not wanted:
        return phrase("approved already.")
    return (
        ""
        if role in wanted
        else phrase("what it still waits for is: {roles}.", roles=", ".join(wanted))
    )


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
        return phrase(
            "{name} wrote this wording: another person must accept what was found.", name=actor.name
        )
    try:
        if blockers.is_on(request.check, pair.locale) and not blockers.finds(request.check, pair):
            return phrase(
                "`{check}` finds nothing in this wording: there is nothing to accept.",
                check=Phrase(request.check, {}),
            )
    except GlossaryError as trouble:
        return phrase("the wording cannot be checked: {trouble}", trouble=trouble)
    if request.check in waived(pair, decisions):
        return phrase(
            "`{check}` is accepted for this wording already.", check=Phrase(request.check, {})
        )
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
        return phrase("the source has changed since this was translated: the wording is stale.")
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
        return phrase("{name} wrote this wording: another person must approve it.", name=actor.name)
    return ""


def _check_problem(candidate: Candidate, actor: Person, blockers: Blockers) -> str:
    """What the checks say against an approval, and the way out; empty when nothing."""
    pair = candidate.pair
    try:
        found = blockers.of(pair)
    except GlossaryError as trouble:
        return phrase("the wording cannot be checked: {trouble}", trouble=trouble)
    if not found:
        return ""
    command = (
        f"medloc decide waive {pair.article} {pair.locale} "
        f"--message {candidate.translation.message.id} "
        f"--check {found[0].check} --reason WHY --as {actor.id}"
    )
    said = said_together(found)
    return together(
        phrase("the checks found an error: {errors}", errors=said)
        if len(found) == 1
        else phrase("the checks found {count} errors: {errors}", count=len(found), errors=said),
        Phrase(WAY_OUT, {"command": command}),
    )
