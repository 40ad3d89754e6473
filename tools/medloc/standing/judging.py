"""Where a wording stands: the judgement of each exact pair on what the fold found.

Law: a pair is approved only if, for every role the policy wants, a different person who never
proposed that pair has approved exactly it in that role as their latest decision on it, no person's
latest decision on it asks for changes, and neither it nor its page is recalled. The order of
events is that of their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from medloc.model import Event, Kind, Pair, Policy, Standing, Verdict
from medloc.standing.folding import BY_NUMBER, Decisions, History


@dataclass(frozen=True, slots=True)
class Item:
    """A message as a catalog has it: the pair written out, and what its standing depends on."""

    pair: Pair
    high_risk: bool = False
    fuzzy: bool = False
    empty: bool = False


def judge(
    pair: Pair,
    decisions: Decisions,
    *,
    roles: tuple[str, ...],
    high_risk: bool = False,
    until: int | None = None,
) -> Verdict:
    """Judge one exact pair against the roles that must approve it, each a different person.

    Pure; never `stale` (only a catalog knows that). With no roles a pair is approved by no event.
    `until` is the last event to count of what people decided; recalls are then left out: they do
    not say which wording is the latest.
    """
    if not pair.target.strip():
        return Verdict(Standing.MISSING, wanted=roles)
    history = decisions.history(pair, high_risk=high_risk, until=until)
    deciding, wanted = fill_roles(approvals(history), roles)
    recall = decisions.hidden_by(pair) if until is None else None
    if recall is not None:
        return _verdict(Standing.RECALLED, [recall], wanted=wanted, reason=recall.draft.reason)
    requests = [e for e in history.latest.values() if e.draft.kind is Kind.REQUEST_CHANGES]
    if requests:
        why = "; ".join(e.draft.reason for e in sorted(requests, key=BY_NUMBER))
        return _verdict(Standing.CHANGES_REQUESTED, requests, wanted=wanted, reason=why)
    if any(_elsewhere(event, pair) for event in deciding):
        deciding = [*deciding, *history.carried]
    if not wanted:
        return _verdict(Standing.APPROVED, deciding, target=pair.target)
    standing = Standing.HALF_APPROVED if deciding else Standing.WAITING
    return _verdict(standing, deciding, wanted=wanted)


def standings(
    decisions: Decisions, items: Iterable[Item], *, policy: Policy, source_locale: str
) -> tuple[Verdict, ...]:
    """The verdict of each item, in order: missing, then approved whatever its flag, then stale."""
    return tuple(_standing(decisions, item, policy, source_locale) for item in items)


def last_approved(
    place: Pair, decisions: Decisions, *, roles: tuple[str, ...], high_risk: bool = False
) -> Verdict | None:
    """The verdict on the wording that was the last to become approved in the place of `place`,
    whose own target does not count; None when none ever was.

    It may stand no longer: what was replaced before it is not taken instead.
    """
    heard = {
        target
        for known in decisions.places(place, high_risk=high_risk)
        for target in decisions.by_place.get(known, {})
    }
    best: tuple[int, int, str] | None = None
    for target in heard:
        pair = replace(place, target=target)
        numbers = (0, *decisions.history(pair, high_risk=high_risk).numbers)
        became, before = -1, False
        for number in numbers:
            verdict = judge(pair, decisions, roles=roles, high_risk=high_risk, until=number)
            now = verdict.standing is Standing.APPROVED
            became, before = (number if now and not before else became), now
        if became >= 0:
            best = max(best or (became, numbers[-1], target), (became, numbers[-1], target))
    if best is None:
        return None
    pair = replace(place, target=best[2])
    verdict = judge(pair, decisions, roles=roles, high_risk=high_risk)
    return replace(verdict, target=pair.target)


def approvals(history: History) -> list[Event]:
    """The approvals that count, at most one a person, ascending."""
    own = history.authors
    standing = (e for e in history.latest.values() if e.draft.kind is Kind.APPROVE)
    return sorted((e for e in standing if e.draft.actor not in own), key=BY_NUMBER)


def fill_roles(
    given: Iterable[Event], roles: tuple[str, ...]
) -> tuple[list[Event], tuple[str, ...]]:
    """Match approvals to roles: (the approvals used, the roles left).

    Each person stands here once and in one role, so taking the earliest for each role is a largest
    matching; a further approval of a filled role never changes what a page rests on.
    """
    wanted, used = list(roles), []
    for approval in given:
        if approval.draft.role in wanted:
            wanted.remove(approval.draft.role)
            used.append(approval)
    return used, tuple(wanted)


def _elsewhere(event: Event, pair: Pair) -> bool:
    draft = event.draft
    return (draft.article, draft.context, draft.source) != (
        pair.article,
        pair.context,
        pair.source,
    )


def _standing(decisions: Decisions, item: Item, policy: Policy, source_locale: str) -> Verdict:
    is_source = item.pair.locale == source_locale
    roles = policy.roles_for(is_source=is_source, high_risk=item.high_risk)
    if item.empty:
        return Verdict(Standing.MISSING, wanted=roles)
    verdict = judge(item.pair, decisions, roles=roles, high_risk=item.high_risk)
    # Without deciding events nobody has looked at the words: a stale wording stays stale then.
    known = verdict.events and verdict.standing in (Standing.APPROVED, Standing.RECALLED)
    if item.fuzzy and not known and verdict.standing is not Standing.MISSING:
        return replace(verdict, standing=Standing.STALE, target="")
    return verdict


def _verdict(
    standing: Standing,
    deciding: list[Event],
    *,
    wanted: tuple[str, ...] = (),
    target: str = "",
    reason: str = "",
) -> Verdict:
    events = sorted(deciding, key=BY_NUMBER)
    decided = events[-1].at[:10] if events else ""
    return Verdict(standing, tuple(e.number for e in events), decided, wanted, target, reason)
