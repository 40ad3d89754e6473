"""What a press of a button becomes: one request to the workflow, about the text that was shown."""

from __future__ import annotations

from medloc.errors import MedlocError
from medloc.index import Query, Reviewer
from medloc.model import Kind, Person
from medloc.workflow.requests import Request
from review_app import office
from review_app.session import State, current_person, state

DOOR = "app"


def reviewer_of(person: Person) -> Reviewer:
    """A person as lists need them."""
    return Reviewer(person.id, person.roles, person.locales)


def query_of(mine: State, person: Person) -> Query:
    """The list that a session's filters ask for."""
    return Query(
        article=mine.article,
        locale=mine.locale,
        standings=mine.standings,
        high_risk=True if mine.high_risk else None,
        findings=mine.findings,
        words=mine.words,
        waits_for=reviewer_of(person) if mine.mine else None,
    )


def decide(
    kind: Kind,
    article: str,
    locale: str,
    message: str,
    pair: str,
    form: str,
    *,
    reason: str = "",
    category: str = "wrong",
    check: str = "",
) -> bool:
    """Say one thing of exactly the pair that was on the screen; whether it was taken.

    `form` makes it one event however often it is pressed. What became of it is in the session's
    `said`.
    """
    mine, person = state(), current_person()
    if person is None:
        mine.said = ("error", "Your session has ended: sign in again. Nothing was decided.")
        return False
    if pair not in mine.seen:
        mine.said = ("error", "That sentence has not been on your screen: nothing was decided.")
        return False
    request = Request(
        kind=kind,
        articles=(article,),
        locales=(locale,),
        actor=person.id,
        door=DOOR,
        messages=(message,),
        expect=pair,
        event=form,
        reason=reason,
        category=category,
        check=check,
    )
    try:
        outcome = office.desk().decide(request)
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return False
    if outcome.refused or outcome.troubles:
        why = [r.reason for r in outcome.refused] or [str(t) for t in outcome.troubles]
        mine.said = ("error", " ".join(why))
        return False
    mine.said = ("success", f"{_DONE[kind]} (event {outcome.done[0].number}).")
    mine.next_form()
    return True


_DONE = {
    Kind.APPROVE: "Approved for publication",
    Kind.REQUEST_CHANGES: "Changes requested",
    Kind.COMMENT: "Noted",
    Kind.WAIVE: "The finding is accepted for these words",
    Kind.WITHDRAW: "Your last decision is withdrawn",
}
