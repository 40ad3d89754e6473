"""Who may decide what: judged when an event is appended, and recorded in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from medloc.model import DECISIONS, Event, Kind, Pair, Person, Policy
from medloc.phrases import Phrase, phrase
from medloc.standing.folding import Decisions, History, standing_recall
from medloc.standing.judging import approvals, fill_roles

EDITOR = "editor"
"""The role of those who answer for the source: they carry decisions forward."""
_REASONED = (Kind.REQUEST_CHANGES, Kind.COMMENT, Kind.WAIVE, Kind.RECALL, Kind.RESTORE)
MAX_REASON = 10_000
_EMPTY = phrase("there is no wording yet to decide on.")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody wants to say: who, of what kind, through which door, on which day.

    `door` is how they came in, `app`, `cli` or `import`, with or without `:account` after it;
    `role` is set when they insist on one.
    """

    kind: Kind
    actor: Person
    policy: Policy
    door: str
    today: dt.date
    role: str = ""
    reason: str = ""

    def held(self, locale: str) -> list[str]:
        """The roles they hold that day for a locale, in their order."""
        roles = (r for r in self.actor.roles if self.actor.holds(r, locale, self.today))
        return [role for role in roles if self.role in ("", role)]

    def general_problem(self) -> str:
        """What is wrong whatever the text is; empty when nothing."""
        until = self.actor.until
        # Somebody whose time has ended may still take back what blocks others.
        if until is not None and self.today > until and self.kind is not Kind.WITHDRAW:
            return phrase(
                "{name} could decide until {until} only.", name=self.actor.name, until=until
            )
        if self.kind in _REASONED and not self.reason.strip():
            return phrase("a reason is needed: say what is wrong, or what you want to note.")
        if len(self.reason) > MAX_REASON:
            return phrase(
                "the reason has {count} characters; at most {max_reason} fit.",
                count=f"{len(self.reason):,}",
                max_reason=f"{MAX_REASON:,}",
            )
        return ""


def refusal(
    pair: Pair, decisions: Decisions, claim: Claim, *, high_risk: bool, is_source: bool
) -> tuple[str, str]:
    """Judge whether somebody may say so of a wording: (the role it is made in, "") or ("", why
    not).

    For an approval the role is the first the message needs that they hold and nobody else has
    filled; if all are filled, the first they hold.
    """
    problem = claim.general_problem()
    if problem:
        return "", problem
    if not pair.target.strip() and claim.kind is not Kind.COMMENT:
        return "", _EMPTY
    history = decisions.history(pair, high_risk=high_risk)
    roles = claim.policy.roles_for(is_source=is_source, high_risk=high_risk)
    held = claim.held(pair.locale)
    anybody = held[0] if held else ""
    name = claim.actor.name
    match claim.kind:
        case Kind.WITHDRAW:
            standing = _to_withdraw(history, claim.actor.id)
            if standing is None:
                return "", phrase(
                    "{name} has no approval, request or waiver of theirs here to withdraw.",
                    name=name,
                )
            return standing.draft.role, ""
        case Kind.COMMENT:
            return anybody, ""
        case Kind.REQUEST_CHANGES | Kind.RECALL:
            recalled = decisions.recall(pair) if claim.kind is Kind.RECALL else None
            found = (recalled and phrase("already {recalled}", recalled=_recalled(recalled))) or (
                not anybody and _lacks(claim, pair.locale)
            )
            return ("", found) if found else (anybody, "")
        case Kind.RESTORE:
            return _restoring(claim, pair.locale, roles, recalled=is_recalled_here(pair, decisions))
        case Kind.WAIVE:
            chosen = _choose(held, (*roles, EDITOR), ())
            found = (
                _closed_door(claim)
                or (not chosen and _lacks(claim, pair.locale, roles))
                or (claim.actor.id in history.authors and Phrase(_OWN, {"name": name}))
            )
            return ("", found) if found else (chosen, "")
        case Kind.APPROVE:
            recall = decisions.recall(pair)
            return _approving(pair, history, recall, claim, roles, is_source=is_source)
    return "", phrase("{value} is not a decision on a wording.", value=claim.kind.value)


def _to_withdraw(history: History, person: str) -> Event | None:
    """The last thing somebody decided on a wording that a withdrawal would end."""
    standing: Event | None = None
    for event in history.events:
        if event.draft.actor == person and event.draft.kind in (*DECISIONS, Kind.WAIVE):
            standing = None if event.draft.kind is Kind.WITHDRAW else event
    return standing


def page_refusal(
    article: str,
    locale: str,
    decisions: Decisions,
    claim: Claim,
    *,
    roles: tuple[str, ...],
    is_down: bool = False,
) -> tuple[str, str]:
    """As `refusal`, for a recall, a restore or a reconfirmation of an article in a locale; `roles`
    are all that the policy wants on such a page; `is_down`: it is not recalled, but kept down by a
    changed statement, which a restore may lift too."""
    problem = claim.general_problem()
    if problem:
        return "", problem
    held = claim.held(locale)
    recall = decisions.page_recall(article, locale)
    match claim.kind:
        case Kind.RECALL:
            found = (
                recall is not None and phrase("already {recalled}", recalled=_recalled(recall))
            ) or (not held and _lacks(claim, locale))
            return ("", found) if found else (held[0], "")
        case Kind.RESTORE:
            return _restoring(claim, locale, roles, recalled=recall is not None or is_down)
        case Kind.RECONFIRM:
            chosen = _choose(held, roles, ())
            found = _closed_door(claim) or (not chosen and _lacks(claim, locale, roles))
            return ("", found) if found else (chosen, "")
    return "", phrase("{value} is not a decision on a page.", value=claim.kind.value)


def carrying_refusal(claim: Claim, locale: str) -> tuple[str, str]:
    """As `refusal`, for who may carry decisions forward; `locale` is the source's."""
    problem = claim.general_problem() or _closed_door(claim) or ""
    if not problem and not claim.reason.strip():
        problem = phrase("a reason is needed: say why the meaning is kept.")
    if not problem and EDITOR not in claim.held(locale):
        problem = phrase(
            "{name} has no role {editor} for {locale}.",
            name=claim.actor.name,
            editor=EDITOR,
            locale=locale,
        )
    return ("", problem) if problem else (EDITOR, "")


def _approving(
    pair: Pair,
    history: History,
    recall: Event | None,
    claim: Claim,
    roles: tuple[str, ...],
    *,
    is_source: bool,
) -> tuple[str, str]:
    actor = claim.actor
    others = [event for event in approvals(history) if event.draft.actor != actor.id]
    chosen = _choose(claim.held(pair.locale), roles, fill_roles(others, roles)[1])
    mine = history.latest.get(actor.id)
    problem = (
        _closed_door(claim)
        or (
            is_source and pair.target != pair.source and phrase("a source text is its own wording.")
        )
        or (not roles and phrase("the policy wants no approval of such a message."))
        or (not chosen and _lacks(claim, pair.locale, roles))
        or (actor.id in history.authors and Phrase(_OWN, {"name": actor.name}))
        or (
            recall is not None
            and phrase("it is {recalled} Restore it first.", recalled=_recalled(recall))
        )
        or (mine is not None and _again(mine, chosen))
    )
    return ("", problem) if problem else (chosen, "")


def is_recalled_here(pair: Pair, decisions: Decisions) -> bool:
    """Whether a recall of the wording stands in this very place: what a restore would lift."""
    return standing_recall(decisions.wordings(pair).get(pair.target, ())) is not None


def _restoring(
    claim: Claim, locale: str, roles: tuple[str, ...], *, recalled: bool
) -> tuple[str, str]:
    chosen = _choose(claim.held(locale), (*roles, EDITOR, "publisher"), ())
    problem = (
        _closed_door(claim)
        or (not chosen and _lacks(claim, locale, roles))
        or (not recalled and phrase("it is not recalled: there is nothing to restore."))
    )
    return ("", problem) if problem else (chosen, "")


def _recalled(recall: Event) -> Phrase:
    return phrase(
        "recalled by {actor} (event {number}).", actor=recall.draft.actor, number=recall.number
    )


def _closed_door(claim: Claim) -> Phrase | None:
    doors = claim.policy.doors
    if claim.door.partition(":")[0] in doors:
        return None
    open_ = reduce(_either, doors) if doors else phrase("no door")
    return phrase(
        "approvals come in by {open}, not by {door} (`policy.doors` in medloc.yaml).",
        open=open_,
        door=claim.door,
    )


def _either(one: str, other: str) -> str:
    return phrase("{one} or {other}", one=one, other=other)


def _lacks(claim: Claim, locale: str, roles: tuple[str, ...] = ()) -> Phrase:
    if claim.role:
        lacking = phrase("no role {role} that counts here", role=claim.role)
    elif roles:
        named = ", ".join(roles)
        lacking = phrase("none of the roles that approve this message ({roles})", roles=named)
    else:
        lacking = phrase("no role")
    name = claim.actor.name
    return phrase("{name} has {no_role} for {locale}.", name=name, no_role=lacking, locale=locale)


def _choose(held: Iterable[str], roles: tuple[str, ...], free: tuple[str, ...]) -> str:
    able = set(held)
    return next((role for role in (*free, *roles) if role in able), "")


def _again(mine: Event, role: str) -> str:
    if mine.draft.kind is Kind.APPROVE and mine.draft.role == role:
        return phrase(
            "already approved by you as {role} (event {number}).", role=role, number=mine.number
        )
    return ""


_OWN = phrase("{name} wrote this wording: another person must approve it.")
