"""Whether an event that comes in with an export may count: whoever decides must be in `people`,
with the role, the locale and the day. People are never taken out, only ended."""

from __future__ import annotations

import datetime as dt

from medloc import facts
from medloc.model import Event, Kind
from medloc.standing import EDITOR
from medloc.workflow.comments import Comment, comment_of
from medloc.workflow.project import Project

_UNSIGNED = (Kind.SOURCE, Kind.PROPOSE, Kind.COMMENT)
# Somebody whose role has ended may still take back what they said.
_WITHOUT_ROLE = (Kind.WITHDRAW, Kind.REQUEST_CHANGES)
_RESPONSIBLE = (Kind.WAIVE, Kind.RESTORE, Kind.RECONFIRM)
# A comment that comes this far is an answer of the author.
_OWN_ROLE = {Kind.CARRY_FORWARD: EDITOR, Kind.PUBLISH: "publisher", Kind.COMMENT: EDITOR}
_AHEAD = dt.timedelta(days=1)  # clocks differ


def import_problem(project: Project, event: Event) -> str:
    """Why an event of an export cannot count; "" when it can.

    Whoever can write the file can write names that `people` have: this keeps out mistakes and
    strangers, not a forger.
    """
    draft = event.draft
    answer = comment_of(draft) is Comment.ANSWER
    if draft.kind in _UNSIGNED and not answer:
        return ""
    person = project.settings.people.get(draft.actor)
    if person is None:
        return f"{draft.actor} decides here and is not in `people` of medloc.yaml."
    if draft.door.partition(":")[0] not in ("app", "cli", "import"):
        return f"the door `{draft.door}` is none of app, cli, import."
    if draft.kind in _WITHOUT_ROLE:
        return ""
    if event.at[:10] > str(dt.datetime.now(dt.UTC).date() + _AHEAD):
        return f"it is of {event.at[:10]}, a day to come."
    source = project.settings.source.locale
    wanted = _OWN_ROLE.get(draft.kind, draft.role)
    day = dt.date.fromisoformat(event.at[:10])
    locale = draft.locale or source
    if draft.role != wanted or not person.holds(wanted, locale, day):
        return (
            f"{draft.actor} decides ({draft.kind.value}) as {draft.role or 'nobody'} for {locale}, "
            "and `people` of medloc.yaml give them no such role on that day (end people with "
            "`until:`, never take roles away)."
        )
    if draft.kind in _RESPONSIBLE and draft.role not in _responsible(project, draft.kind):
        return f"{draft.role} is no role that may say so ({draft.kind.value})."
    if draft.kind is Kind.CARRY_FORWARD and not facts.same(
        draft.earlier_source, draft.source, source
    ):
        return "it carries decisions to a text that states something else."
    return ""


def _responsible(project: Project, kind: Kind) -> frozenset[str]:
    """The roles that may say so: those that approve, and who answers for the source or the site."""
    policy = project.settings.policy
    others = {Kind.WAIVE: {EDITOR}, Kind.RESTORE: {EDITOR, "publisher"}}
    approving = {*policy.normal, *policy.high_risk, *policy.source}
    return frozenset(approving | others.get(kind, set()))
