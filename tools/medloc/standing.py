"""Where a wording stands: a pure fold of the ledger's events, and the judgement of each exact pair.

Law: a pair is approved only if, for every role the policy wants, a different person who never
proposed that pair has approved exactly it in that role as their latest decision on it, and no
person's latest decision on it asks for changes. The order of events is that of their numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from medloc.model import DECISIONS, Event, Kind, Pair, Person, Policy, Standing, Verdict

ABOUT_A_PAIR = frozenset({*DECISIONS, Kind.PROPOSE, Kind.COMMENT})

Place = tuple[str, str, str, str]
"""Article, locale, context, and the source text written out."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The fold's result: by place and wording the events about that exact pair, ascending; `head`
    is the number of the last event folded (ask the ledger for what comes after it)."""

    by_place: Mapping[Place, Mapping[str, tuple[Event, ...]]] = field(default_factory=dict)
    head: int = 0

    def history(self, pair: Pair) -> tuple[Event, ...]:
        """What was said about exactly this pair."""
        return self.wordings(pair).get(pair.target, ())

    def wordings(self, pair: Pair) -> Mapping[str, tuple[Event, ...]]:
        """Every wording that was ever spoken of in the place of `pair`, with its history."""
        return self.by_place.get((pair.article, pair.locale, pair.context, pair.source), {})


NOTHING = Decisions()


@dataclass(frozen=True, slots=True)
class Item:
    """A message as a catalog has it: the pair written out, and what its standing depends on."""

    pair: Pair
    high_risk: bool = False
    fuzzy: bool = False
    empty: bool = False


def fold(events: Iterable[Event], *, onto: Decisions = NOTHING) -> Decisions:
    """Group events by exact pair; folding in two goes gives what one go gives."""
    fresh: dict[Place, dict[str, list[Event]]] = {}
    head = onto.head
    for event in events:
        head = max(head, event.number)
        draft = event.draft
        if draft.kind in ABOUT_A_PAIR:
            place = (draft.article, draft.locale, draft.context, draft.source)
            fresh.setdefault(place, {}).setdefault(draft.target, []).append(event)
    by_place = dict(onto.by_place)
    for place, wordings in fresh.items():
        known = dict(by_place.get(place, {}))
        for target, late in wordings.items():
            known[target] = tuple(sorted((*known.get(target, ()), *late), key=_NUMBER))
        by_place[place] = known
    return Decisions(by_place, head)


def authors(history: Iterable[Event]) -> frozenset[str]:
    """All who proposed the pair: authors once, authors for ever."""
    return frozenset(e.draft.actor for e in history if e.draft.kind is Kind.PROPOSE)


def latest(history: Iterable[Event]) -> dict[str, Event]:
    """Each person's latest decision on the pair; withdrawals stand like any other."""
    return {e.draft.actor: e for e in history if e.draft.kind in DECISIONS}


def judge(pair: Pair, decisions: Decisions, *, roles: tuple[str, ...]) -> Verdict:
    """Judge one exact pair against the roles that must approve it, each a different person.

    Pure; never `stale` (only a catalog knows that). With no roles a pair is approved by no event.
    """
    if not pair.target.strip():
        return Verdict(Standing.MISSING, wanted=roles)
    history = decisions.history(pair)
    deciding, wanted = _fill(_approvals(history), roles)
    requests = [e for e in latest(history).values() if e.draft.kind is Kind.REQUEST_CHANGES]
    if requests:
        why = "; ".join(e.draft.reason for e in sorted(requests, key=_NUMBER))
        return _verdict(Standing.CHANGES_REQUESTED, requests, wanted=wanted, reason=why)
    if not wanted:
        text = deciding[-1].draft.target if deciding else pair.target
        return _verdict(Standing.APPROVED, deciding, target=text)
    standing = Standing.HALF_APPROVED if deciding else Standing.WAITING
    return _verdict(standing, deciding, wanted=wanted)


def standings(
    decisions: Decisions, items: Iterable[Item], *, policy: Policy, source_locale: str
) -> tuple[Verdict, ...]:
    """The verdict of each item, in order: missing, then approved whatever its flag, then stale."""
    return tuple(_standing(decisions, item, policy, source_locale) for item in items)


def refusal(
    pair: Pair,
    decisions: Decisions,
    *,
    kind: Kind,
    actor: Person,
    policy: Policy,
    high_risk: bool,
    is_source: bool,
    door: str,
    today: dt.date,
    role: str = "",
    reason: str = "",
) -> tuple[str, str]:
    """Judge whether `actor` may decide so: (the role it is made in, "") or ("", why not).

    `door` is how they came in, `app`, `cli` or `import`, with or without `:account` after it;
    `role` is set when they insist on one. For an approval the role is the first the message needs
    that they hold and nobody else has filled; if all are filled, the first they hold.
    """
    # Somebody whose time has ended may still take back what blocks others.
    if actor.until is not None and today > actor.until and kind is not Kind.WITHDRAW:
        return "", f"{actor.name} could decide until {actor.until} only."
    if not pair.target.strip() and kind is not Kind.COMMENT:
        return "", "there is no wording yet to decide on."
    if kind in (Kind.REQUEST_CHANGES, Kind.COMMENT) and not reason.strip():
        return "", "a reason is needed: say what is wrong, or what you want to note."
    held = [r for r in actor.roles if actor.holds(r, pair.locale, today) and role in ("", r)]
    mine = latest(decisions.history(pair)).get(actor.id)
    if kind is Kind.WITHDRAW:
        if mine is None or mine.draft.kind is Kind.WITHDRAW:
            return "", f"{actor.name} has no approval or request of theirs here to withdraw."
        return mine.draft.role, ""
    if kind is Kind.COMMENT:
        return (held[0] if held else ""), ""
    if kind is Kind.REQUEST_CHANGES:
        return (
            (held[0], "") if held else ("", f"{actor.name} has {_no_role(role)} for {pair.locale}.")
        )
    if kind is not Kind.APPROVE:
        return "", f"{kind.value} is not a decision on a wording."
    roles = policy.roles_for(is_source=is_source, high_risk=high_risk)
    others = [e for e in _approvals(decisions.history(pair)) if e.draft.actor != actor.id]
    chosen = _choose(held, roles, _fill(others, roles)[1])
    problem = (
        _closed_door(door, policy)
        or (is_source and pair.target != pair.source and "a source text is its own wording.")
        or (not roles and "the policy wants no approval of such a message.")
        or (not chosen and f"{actor.name} has {_no_role(role, roles)} for {pair.locale}.")
        or (actor.id in authors(decisions.history(pair)) and _OWN.format(actor.name))
        or (mine is not None and _again(mine, chosen))
    )
    return ("", problem) if problem else (chosen, "")


def _closed_door(door: str, policy: Policy) -> str:
    if door.partition(":")[0] in policy.doors:
        return ""
    return f"approvals come in by {' or '.join(policy.doors) or 'no door'}, not by {door}."


def _no_role(role: str, roles: tuple[str, ...] = ()) -> str:
    if role:
        return f"no role {role} that counts here"
    return (
        f"none of the roles that approve this message ({', '.join(roles)})" if roles else "no role"
    )


def _choose(held: Iterable[str], roles: tuple[str, ...], free: tuple[str, ...]) -> str:
    able = set(held)
    return next((role for role in (*free, *roles) if role in able), "")


def _again(mine: Event, role: str) -> str:
    if mine.draft.kind is Kind.APPROVE and mine.draft.role == role:
        return f"already approved by you as {role} (event {mine.number})."
    return ""


def _standing(decisions: Decisions, item: Item, policy: Policy, source_locale: str) -> Verdict:
    is_source = item.pair.locale == source_locale
    roles = policy.roles_for(is_source=is_source, high_risk=item.high_risk)
    if item.empty:
        return Verdict(Standing.MISSING, wanted=roles)
    verdict = judge(item.pair, decisions, roles=roles)
    approved = verdict.standing is Standing.APPROVED and verdict.events
    # Without deciding events nobody has looked at the words: a stale wording stays stale then.
    if item.fuzzy and not approved and verdict.standing is not Standing.MISSING:
        return replace(verdict, standing=Standing.STALE, target="")
    return verdict


def _approvals(history: tuple[Event, ...]) -> list[Event]:
    """The approvals that count, at most one a person, ascending."""
    own = authors(history)
    standing = (e for e in latest(history).values() if e.draft.kind is Kind.APPROVE)
    return sorted((e for e in standing if e.draft.actor not in own), key=_NUMBER)


def _fill(
    approvals: Iterable[Event], roles: tuple[str, ...]
) -> tuple[list[Event], tuple[str, ...]]:
    """Match approvals to roles: (the approvals used, the roles left).

    Each person stands here once and in one role, so taking the earliest for each role is a largest
    matching; a further approval of a filled role never changes what a page rests on.
    """
    wanted, used = list(roles), []
    for approval in approvals:
        if approval.draft.role in wanted:
            wanted.remove(approval.draft.role)
            used.append(approval)
    return used, tuple(wanted)


def _verdict(
    standing: Standing,
    deciding: list[Event],
    *,
    wanted: tuple[str, ...] = (),
    target: str = "",
    reason: str = "",
) -> Verdict:
    events = sorted(deciding, key=_NUMBER)
    decided = events[-1].at[:10] if events else ""
    return Verdict(standing, tuple(e.number for e in events), decided, wanted, target, reason)


_NUMBER = attrgetter("number")
_OWN = "{} wrote this wording: another person must approve it."
