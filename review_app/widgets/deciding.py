"""What can be said of the sentence in focus: each button names the sentence, its exact words, and
the form it belongs to."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from medloc.model import Kind, Person, Severity
from medloc.workflow.comments import Comment, of_source
from medloc.workflow.focus import Focus
from medloc.workflow.signing import CLASSES, said_as
from review_app import office
from review_app.reviewing import About, decide, edit
from review_app.session import State, state
from review_app.texts import later, tr
from review_app.widgets.talking import comment_choice

_LABELS = {
    "request": later("Request changes"),
    "comment": later("Comment"),
    "edit": later("Edit"),
    "waive": later("Accept"),
    "answer": later("Answer the author's questions"),
}
_EDITOR = "editor"
_ROLE = "role"
_REQUEST, _STYLE = Kind.REQUEST_CHANGES, "style"
_CLASSES = ("wrong", *(name for name in CLASSES if name != "wrong"))


def about_of(found: Focus, mine: State) -> About:
    """What the form on the screen is about."""
    pair = found.pair
    return About(pair.article, pair.locale, found.translation.message.id, pair.hash, mine.form)


def actions(found: Focus, person: Person, mine: State, *, after: Callable[[], None]) -> None:
    """The buttons, and the small form that one of them opened; `after` goes on to the next
    sentence."""
    about = about_of(found, mine)
    _role(found, person, mine)
    one, two, three = st.columns([3, 2, 2])
    one.button(
        tr("Approve for publication"), key=f"approve-{about.stamp}", type="primary", shortcut="A",
        on_click=_approve, args=(about, after), width="stretch", disabled=found.translation.empty,
    )  # fmt: skip
    _opener(two, "request", about, "X")
    _opener(three, "comment", about, "M")
    four, five, six = st.columns([3, 2, 2])
    with four:
        _taking_back(found, about, person, mine)
    if not found.is_source:
        _opener(five, "edit", about, "E")
    if _EDITOR in person.roles and _open_errors(found):
        _opener(six, "waive", about, "W")
    if _EDITOR in person.roles and found.is_asked:
        _opener(st.container(), "answer", about, "N")
    if mine.asking:
        _form(found, about, mine.asking, after)


def _role(found: Focus, person: Person, mine: State) -> None:
    """In which role they approve, when more than one of theirs is wanted. What somebody chose once
    stands for the sentences after it, until they choose otherwise."""
    roles = found.roles_of(person, office.desk().clock().date())
    if len(roles) > 1:
        st.radio(tr("Approve as"), roles, index=roles.index(mine.role) if mine.role in roles else 0,
                 key=_ROLE, on_change=_choose_role, horizontal=True)  # fmt: skip


def _choose_role() -> None:
    state().role = str(st.session_state[_ROLE])


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
    role = str(st.session_state.get(_ROLE) or "")
    if decide(Kind.APPROVE, about, role=role):
        after()


def _taking_back(found: Focus, about: About, person: Person, mine: State) -> None:
    """Withdraw what was decided here; where nothing was, go back to what was decided last: nothing
    is withdrawn that is not on the screen."""
    before = found.history.latest.get(person.id)
    is_decided = before is not None and before.draft.kind is not Kind.WITHDRAW
    place = (about.article, about.locale, about.message)
    if not is_decided and mine.decided[2] and mine.decided != place:
        st.button(tr("Back to my last decision"), key=f"back-{about.stamp}", on_click=_go_back,
                  args=(about.form,), shortcut="U", width="stretch")  # fmt: skip
        return
    st.button(
        tr("Withdraw my decision"), key=f"withdraw-{about.stamp}", on_click=_withdraw,
        args=(about,), width="stretch", shortcut="U", disabled=not is_decided,
    )  # fmt: skip


def _withdraw(about: About) -> None:
    decide(Kind.WITHDRAW, about)


def _go_back(form: str) -> None:
    mine = state()
    if form == mine.form:
        mine.at, mine.message, mine.said = mine.decided[:2], mine.decided[2], ("", "")
        mine.next_form()


def _form(found: Focus, about: About, asking: str, after: Callable[[], None]) -> None:
    """The small form of one action. What was typed stays when the action is refused, also because
    the words have changed: sending is about the words that were there when the form was drawn."""
    key = f"{asking}-{about.message}-{about.form}"
    if asking == "answer":
        about = _of_source(found, about)
    with st.form(key=f"form-{key}", border=True):
        if asking == "request":
            st.radio(tr("Class"), _CLASSES, format_func=tr, horizontal=True,
                     key=f"category-{key}")  # fmt: skip
            st.caption(tr("Unsafe and wrong keep this sentence from being published until it is "
                          "changed. Style is kept as a comment and never blocks."))  # fmt: skip
        if asking == "comment":
            comment_choice(found, key)
        if asking == "waive":
            st.selectbox(tr("Finding"), _open_errors(found), format_func=tr, key=f"check-{key}")
        if asking == "edit":
            side = "rtl" if found.is_right_to_left else "ltr"
            with st.container(key=f"wording-{side}"):
                st.text_area(tr("Translation"), value=found.translation.wording, height=160,
                             key=f"words-{key}")  # fmt: skip
            st.caption(tr("It becomes your own wording: somebody else has to approve it."))
        else:
            labels = {"comment": tr("Note"), "answer": tr("Answer, for all languages")}
            st.text_area(labels.get(asking, tr("Why")), key=f"words-{key}")
        st.form_submit_button(
            tr("Save") if asking == "edit" else tr("Send"), type="primary", key=f"send-{key}",
            on_click=_send, args=(about, asking, key, after),
        )  # fmt: skip


def _of_source(found: Focus, about: About) -> About:
    """What an answer is about: the source text, whichever translation stands beside it."""
    locale = office.desk().project.settings.source.locale
    return about._replace(locale=locale, pair=of_source(found.pair, locale).hash)


def _send(about: About, asking: str, key: str, after: Callable[[], None]) -> None:
    typed = st.session_state
    words = str(typed.get(f"words-{key}") or "")
    match asking:
        case "edit":
            edit(about, words)
        case "request":
            category = str(typed.get(f"category-{key}") or "wrong")
            kind, reason = said_as(category, words) if category == _STYLE else (_REQUEST, words)
            taken = decide(kind, about, reason=reason, category=category)
            if taken and category == _STYLE:
                state().said = ("success", tr("Your remark on style is kept as a comment. It "
                                              "blocks nothing."))  # fmt: skip
            elif taken:
                after()
        case "waive":
            decide(Kind.WAIVE, about, reason=words, check=str(typed.get(f"check-{key}") or ""))
        case "comment":
            chosen = Comment(typed.get(f"comment-{key}") or Comment.NOTE)
            decide(Kind.COMMENT, about, reason=words, comment=chosen)
        case "answer":
            decide(Kind.COMMENT, about, reason=words, comment=Comment.ANSWER)
