"""What a press of a button becomes: one request to the workflow, about the text that was shown."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple

from medloc.errors import MedlocError
from medloc.index import Query, Reviewer
from medloc.model import DECISIONS, Kind, Person
from medloc.phrases import together
from medloc.workflow.comments import Comment
from medloc.workflow.page_reading import in_app
from medloc.workflow.requests import Request
from review_app import office
from review_app.session import State, current_person, door, state
from review_app.texts import later, tr

DOOR = "app"
"""By which decisions come in, as the policy calls it; `session.door` says more."""
LEAST_ON_SCREEN = 0.3
"""Seconds that words are on the screen before a decision on them counts."""
_ENDED = later("Your session has ended: sign in again. Nothing was stored.")
_MOST_DRAWN = 8
SOON = later("That was quicker than these words can be read: nothing was decided. Press again.")
MORE = later("You have not seen all of these words yet: read on to their end, then press again.")
ALTERED = later(
    "The words on your screen are not those that were sent; a translation in the browser or an "
    "extension may have changed them. Switch it off and load the page again."
)
_UNSEEN = later("That sentence has not been on your screen: nothing was stored.")


class About(NamedTuple):
    """What a form is about: a message in a locale, the hash of the pair that was shown, and the
    form's own id, by which two presses are one decision."""

    article: str
    locale: str
    message: str
    pair: str
    form: str

    @property
    def stamp(self) -> str:
        """What makes the keys of the form's buttons its own."""
        return f"{self.message}-{self.pair[:12]}-{self.form}"


def reviewer_of(person: Person) -> Reviewer:
    """A person as lists need them."""
    return Reviewer(person.id, person.roles, person.locales)


def query_of(mine: State, person: Person) -> Query:
    """The list that a session's filters ask for."""
    return Query(
        article=mine.article,
        locale=mine.locale,
        section=mine.section,
        standings=mine.standings,
        high_risk=True if mine.high_risk else None,
        findings=mine.findings,
        words=mine.words,
        waits_for=reviewer_of(person) if mine.mine else None,
    )


def decide(
    kind: Kind, about: About, *, reason: str = "", category: str = "wrong", check: str = "",
    comment: Comment = Comment.NOTE, role: str = "",
) -> bool:  # fmt: skip
    """Say one thing of exactly the pair that was on the screen, by the form that is on it still, in
    a role or the first that is wanted; whether it was taken. What became of it is in the session's
    `said`."""
    mine = state()
    if about.form != mine.form:
        # Pressed while the screen went on: a button that was going, or the second of two clicks.
        # The sentence that is there now stands undecided for all to see.
        return False
    if is_too_soon(mine, about.stamp):
        return False
    person = _who(mine, about)
    if person is None:
        return False
    request = Request(
        kind=kind,
        articles=(about.article,),
        locales=(about.locale,),
        actor=person.id,
        door=door(),
        messages=(about.message,),
        expect=about.pair,
        event=about.form,
        reason=reason,
        category=category,
        check=check,
        comment=comment,
        role=role,
    )
    try:
        outcome = office.desk().decide(request)
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return False
    if outcome.refused or outcome.troubles:
        why = [in_app(r.reason) for r in outcome.refused] or [str(t) for t in outcome.troubles]
        mine.said = ("error", together(*why))
        return False
    if kind in DECISIONS:
        place = (about.article, about.locale, about.message)
        mine.decided = ("", "", "") if kind is Kind.WITHDRAW else place
    number = outcome.done[0].number
    mine.said = ("success", f"{tr(_DONE[kind])} ({tr('event {number}', number=number)}).")
    mine.next_form()
    return True


def edit(about: About, wording: str) -> bool:
    """Put another wording in place of the one that was on the screen; whether it was taken."""
    mine = state()
    person = _who(mine, about)
    if person is None:
        return False
    try:
        edited = office.desk().edit(
            about.article, about.locale, about.message, wording,
            expect=about.pair, actor=person.id, door=door(),
        )  # fmt: skip
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return False
    kept = tr("Kept as your wording.")
    if edited.problem:
        kept = tr("Kept as a draft: {problem}", problem=edited.problem)
    mine.said = ("warning" if edited.problem else "success", kept)
    mine.next_form()
    return True


def least_time(rows: int = 0) -> float:
    """Seconds that words are on the screen before a decision counts; longer by a third for each of
    `rows` sentences that it is about at once."""
    return LEAST_ON_SCREEN * (1 + rows / 3)


def look(mine: State, pair: str) -> None:
    """A pair was sent to be read by itself."""
    mine.looking = (pair, monotonic())


def look_back(mine: State) -> None:
    """At the beginning of a run: what was sent in the last one was looked at if it stood for
    `LEAST_ON_SCREEN` until now.

    The server alone knows this, no browser is asked: it draws in the order in which words are sent,
    so what is replaced sooner was on the screen for less, if at all. A run that shows the same
    words again begins anew, which only makes it later.
    """
    pair, since = mine.looking
    mine.looking = ("", 0.0)
    if pair and monotonic() - since >= LEAST_ON_SCREEN:
        mine.looked.add(pair)


def drew(mine: State, stamp: str, rows: int = 0) -> None:
    """Remember when the words that a form decides on were sent to the screen, and of how many
    sentences they are when it is about several."""
    mine.drawn.setdefault(stamp, (monotonic(), rows))
    while len(mine.drawn) > _MOST_DRAWN:
        del mine.drawn[next(iter(mine.drawn))]


def is_too_soon(mine: State, stamp: str) -> bool:
    """Whether the words of a form were sent less than their least time ago: nobody has read them.
    The browser holds back by what it has painted, which is later; this is the floor below it."""
    since, rows = mine.drawn.get(stamp, (-least_time(), 0))
    if monotonic() - since >= least_time(rows):
        return False
    mine.said = ("info", tr(SOON))
    return True


def _who(mine: State, about: About) -> Person | None:
    """The person, if they are signed in and the pair was on their screen."""
    person = current_person()
    if person is None:
        mine.said = ("error", tr(_ENDED))
        return None
    if about.pair not in mine.seen:
        mine.said = ("error", tr(_UNSEEN))
        return None
    return person


_DONE = {
    Kind.APPROVE: later("Approved for publication"),
    Kind.REQUEST_CHANGES: later("Changes requested"),
    Kind.COMMENT: later("Noted"),
    Kind.WAIVE: later("The finding is accepted for these words"),
    Kind.WITHDRAW: later("Your last decision is withdrawn"),
}
