"""What can be said of the sentence in focus: each button names the sentence, its exact words, and
the form it belongs to."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from medloc.model import Kind, Person, Severity
from medloc.workflow.focus import Focus
from review_app.reviewing import About, decide, edit
from review_app.session import State, state
from review_app.texts import later, tr

_LABELS = {
    "request": later("Request changes"),
    "comment": later("Comment"),
    "edit": later("Edit"),
    "waive": later("Accept"),
}
_EDITOR = "editor"


def about_of(found: Focus, mine: State) -> About:
    """What the form on the screen is about."""
    pair = found.pair
    return About(pair.article, pair.locale, found.translation.message.id, pair.hash, mine.form)


def actions(found: Focus, person: Person, mine: State, *, after: Callable[[], None]) -> None:
    """The buttons, and the small form that one of them opened; `after` goes on to the next
    sentence."""
    about = about_of(found, mine)
    one, two, three = st.columns([3, 2, 2])
    one.button(
        tr("Approve for publication"), key=f"approve-{about.stamp}", type="primary", shortcut="A",
        on_click=_approve, args=(about, after), width="stretch", disabled=found.translation.empty,
    )  # fmt: skip
    _opener(two, "request", about, "X")
    _opener(three, "comment", about, "M")
    four, five, six = st.columns([3, 2, 2])
    before = found.history.latest.get(person.id)
    four.button(
        tr("Withdraw my decision"), key=f"withdraw-{about.stamp}", on_click=_withdraw,
        args=(about,), width="stretch", shortcut="U",
        disabled=before is None or before.draft.kind is Kind.WITHDRAW,
    )  # fmt: skip
    if not found.is_source:
        _opener(five, "edit", about, "E")
    if _EDITOR in person.roles and _open_errors(found):
        _opener(six, "waive", about, "W")
    if mine.asking:
        _form(found, about, mine.asking, after)


def _open_errors(found: Focus) -> list[str]:
    """The checks whose errors nobody has accepted yet."""
    return list(dict.fromkeys(
        f.check for f in found.findings
        if f.severity is Severity.ERROR and f.check not in found.accepted
    ))  # fmt: skip


def _opener(column: object, name: str, about: About, key: str) -> None:
    assert isinstance(column, st.delta_generator.DeltaGenerator)
    column.button(tr(_LABELS[name]), key=f"{name}-{about.stamp}", on_click=_ask, args=(name,),
                  shortcut=key, width="stretch")  # fmt: skip


def _ask(name: str) -> None:
    mine = state()
    mine.asking = "" if mine.asking == name else name


def _approve(about: About, after: Callable[[], None]) -> None:
    if decide(Kind.APPROVE, about):
        after()


def _withdraw(about: About) -> None:
    decide(Kind.WITHDRAW, about)


def _form(found: Focus, about: About, asking: str, after: Callable[[], None]) -> None:
    """The small form of one action. What was typed stays when the action is refused, also because
    the words have changed: sending is about the words that were there when the form was drawn."""
    key = f"{asking}-{about.message}-{about.form}"
    with st.form(key=f"form-{key}", border=True):
        if asking == "request":
            st.radio(tr("Class"), ["wrong", "unsafe"], format_func=tr, horizontal=True,
                     key=f"category-{key}")  # fmt: skip
        if asking == "waive":
            st.selectbox(tr("Finding"), _open_errors(found), format_func=tr, key=f"check-{key}")
        if asking == "edit":
            side = "rtl" if found.is_right_to_left else "ltr"
            with st.container(key=f"wording-{side}"):
                st.text_area(tr("Translation"), value=found.translation.wording, height=160,
                             key=f"words-{key}")  # fmt: skip
            st.caption(tr("It becomes your own wording: somebody else has to approve it."))
        else:
            st.text_area(tr("Why") if asking != "comment" else tr("Note"), key=f"words-{key}")
        st.form_submit_button(
            tr("Save") if asking == "edit" else tr("Send"), type="primary", key=f"send-{key}",
            on_click=_send, args=(about, asking, key, after),
        )  # fmt: skip


def _send(about: About, asking: str, key: str, after: Callable[[], None]) -> None:
    typed = st.session_state
    words = str(typed.get(f"words-{key}") or "")
    kinds = {"request": Kind.REQUEST_CHANGES, "comment": Kind.COMMENT, "waive": Kind.WAIVE}
    if asking == "edit":
        edit(about, words)
    elif decide(
        kinds[asking], about, reason=words,
        category=str(typed.get(f"category-{key}") or "wrong"),
        check=str(typed.get(f"check-{key}") or ""),
    ) and asking == "request":  # fmt: skip
        after()
