"""What a reader says against a sentence: two taps, and a note that outlives a lost connection."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from medloc.model import Kind
from medloc.workflow.page_reading import Sentence
from medloc.workflow.signing import said_as
from medloc.workflow.unsent import FILE_NAME, Note, Unsent
from review_app import office
from review_app.reviewing import About, decide
from review_app.session import current_person, state
from review_app.texts import tr

_CLASSES = ("unsafe", "wrong", "style")


def unsent() -> Unsent:
    """The notes of this project that were not sent yet."""
    return Unsent(office.desk().project.state / FILE_NAME)


def flags(block: Sequence[Sentence], notes: Mapping[str, Note]) -> Callable[[], None]:
    """A row of numbers, one for each sentence that has words. What it returns draws the form of the
    number that was tapped, or of a note that was not sent."""
    there = [one for one in block if not one.translation.empty]
    if not there:
        return _nothing
    numbers = {" ".join(one.named): one.number for one in there}
    key = f"ask-{hashlib.sha256('|'.join(numbers).encode()).hexdigest()[:16]}"
    waiting = [" ".join(one.named) for one in there if one.id in notes]
    if key not in st.session_state and waiting:
        st.session_state[key] = waiting[0]
    chosen = st.pills(
        tr("Something wrong? Tap the number of the sentence."),
        list(numbers),
        format_func=lambda name: f"⚑ {numbers[name]}",
        key=key,
        label_visibility="collapsed",
    )
    for one in there:
        if chosen == " ".join(one.named):
            return partial(_form, one, key, notes.get(one.id))
    return _nothing


def _nothing() -> None:
    """No form is open."""


def _form(one: Sentence, key: str, note: Note | None) -> None:
    pair = one.translation.pair
    about = About(pair.article, pair.locale, one.id, pair.hash, state().form)
    field = f"note-{one.id}-{pair.hash[:16]}"
    if field not in st.session_state and note is not None:
        st.session_state[field] = note.text
    with st.container(border=True, key=f"say-{one.id}"):
        st.text_area(
            tr("What is wrong with sentence {number}?", number=one.number),
            key=field, height=100, max_chars=5000, on_change=_keep, args=(about, field),
            placeholder=tr("A note helps whoever mends it. It may stay empty."),
        )  # fmt: skip
        if note is not None and note.pair != pair.hash:
            st.warning(tr("You began this note about an earlier wording: see whether it still "
                          "fits."))  # fmt: skip
        labels = {"unsafe": tr("Unsafe"), "wrong": tr("Wrong"), "style": tr("Style")}
        with st.container(horizontal=True):
            for name in _CLASSES:
                st.button(labels[name], key=f"say-{name}-{about.stamp}", on_click=_send,
                          args=(name, about, field, key))  # fmt: skip
        st.caption(
            tr("Unsafe and wrong keep this sentence from being published until it is changed. "
               "Style is kept as a comment and never blocks: you can sign the sentence all the "
               "same.")
        )  # fmt: skip


def _keep(about: About, field: str) -> None:
    """Keep what was typed so far, for when they come back."""
    person = current_person()
    if person is None:
        return
    place = (about.article, about.locale, about.message)
    text = str(st.session_state.get(field, ""))
    if (about.pair, text) == state().sent:
        return  # leaving the field and the button came together, and the button was first
    unsent().keep(person.id, place, about.pair, text, now=office.desk().clock())


def _send(category: str, about: About, field: str, key: str) -> None:
    mine, person = state(), current_person()
    note = str(st.session_state.get(field, ""))
    kind, reason = said_as(category, note)
    request = kind is Kind.REQUEST_CHANGES
    taken = decide(kind, about, reason=reason, category=category if request else "wrong")
    mine.asking, mine.stale = about.message, True  # where it is said what became of it
    if not taken or person is None:
        return
    mine.sent = (about.pair, note)
    if not request:
        mine.said = ("success", tr("Your remark on style is kept as a comment. It blocks nothing."))
    unsent().forget(person.id, (about.article, about.locale, about.message))
    st.session_state[key] = None
