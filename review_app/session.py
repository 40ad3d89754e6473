"""The only keys of a session's state, and who the session belongs to."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from medloc.model import Person
from review_app import office
from review_app.guard import COOKIE, LANGUAGE_COOKIE, TOLD

_STATE = "medloc"
_MANY = 500  # widgets that are gone: looking for them at every press would cost more than they do


@dataclass
class State:
    """What a session remembers between two reruns; small, and nothing of the domain.

    `form` names the decision form that is on the screen: two presses on it are one event. `seen`
    are hashes of pairs that were sent to it, `looked` of those that stood there by themselves for
    long enough to be read (`looking`: the last one, and since when in s). `said` is what became of
    the last action.
    """

    article: str = ""  # filter
    locale: str = ""  # filter
    section: str = ""  # filter
    at: tuple[str, str] = ("", "")  # article and locale of the message in focus
    message: str = ""
    decided: tuple[str, str, str] = ("", "", "")  # article, locale, message they last decided on
    standings: tuple[str, ...] = ()
    mine: bool = True
    high_risk: bool = False
    findings: bool = False
    words: str = ""
    form: str = field(default_factory=lambda: str(uuid.uuid4()))
    said: tuple[str, str] = ("", "")
    seen: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    looking: tuple[str, float] = ("", 0.0)
    going: str = ""  # the screen to go to
    language: str = ""  # of the interface, as chosen; empty: the browser decides
    asking: str = ""  # which small form is open: request, comment, answer, waive, edit
    role: str = ""  # in which they approve when they may choose; empty: the first wanted
    parts: dict[str, int] = field(default_factory=dict)  # first row shown of the lists in Waiting
    work: str = "todo"  # which sentences Translate lists
    base: tuple[str, str, str] = (
        "",
        "",
        "",
    )  # a form of Translate: the pair and words it began with
    drafts: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)  # typed, not saved
    bringing: tuple[object, ...] = ()  # rows of a plan, from the press to the run that writes them
    reading: tuple[str, str] = ("", "")  # article and locale of the page in Read and sign
    read: dict[str, str] = field(default_factory=dict)  # message id -> pair, when it was opened
    ticked: set[str] = field(default_factory=set)  # keys of ticks
    left: tuple[tuple[str, str], ...] = ()  # what the last act left out: message id, reason
    stale: bool = False  # the page in Read and sign is to be drawn again
    watched: bool = False  # the script that holds back presses is in the page
    drawn: dict[str, tuple[float, int]] = field(default_factory=dict)  # form -> sent (s), rows
    sent: tuple[str, str] = ("", "")  # the pair and the text of the note that was sent last

    def next_form(self) -> None:
        """Begin a new form: what is pressed from now on is another decision."""
        self.form = str(uuid.uuid4())
        self.asking = ""


def state() -> State:
    """The session's state."""
    found = st.session_state.get(_STATE)
    if not isinstance(found, State):
        chosen = st.context.cookies.get(LANGUAGE_COOKIE, "")
        found = st.session_state[_STATE] = State(language=chosen)
    return found


def forget_what_is_gone() -> None:
    """Have Streamlit forget the widgets that the session does not show any more: it keeps the name,
    the callback and its arguments of each that ever was, some kilobytes with every press."""
    context = get_script_run_ctx()
    try:
        kept: Any = context.session_state._state  # type: ignore[union-attr]
        there = {*kept._old_state, *kept._new_widget_state.states}
        known, names = kept._new_widget_state.widget_metadata, kept._key_id_mapper
        gone = known.keys() - there
        if len(gone) < _MANY:
            return
        for widget in gone:
            del known[widget]
        for key in [key for key, widget in names._key_id_mapping.items() if widget in gone]:
            names.delete(key)
    except AttributeError:
        return  # another Streamlit keeps them elsewhere


def current_person() -> Person | None:
    """Who is signed in, as the settings know them now; None when the session or their time has
    ended. Looked up anew at every call: nothing the browser sends but the cookie counts, and only
    for whom the guard let in."""
    name = office.accounts().person_of(_token())
    if st.context.headers.get(TOLD, name) != name:
        return None
    person = office.desk().settings.people.get(name)
    if person is None or (person.until is not None and person.until < _today()):
        return None
    return person


def door() -> str:
    """How what is decided now came in, for the ledger: `app:` and how they signed in."""
    way = office.accounts().way_of(_token())
    return f"app:{way}" if way else "app"


def _token() -> str:
    return st.context.cookies.get(COOKIE, "")


def _today() -> dt.date:
    return office.desk().clock().date()
