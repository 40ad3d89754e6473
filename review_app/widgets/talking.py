"""What people say to each other beside a sentence: translations back, questions, answers."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.model import Draft, Event
from medloc.workflow.comments import Comment, comment_of
from medloc.workflow.focus import Focus
from review_app import office
from review_app.texts import tr
from review_app.widgets.texts import text_html

_TO_SEND = (Comment.NOTE, Comment.BACK_TRANSLATION, Comment.QUESTION)


def comment_names() -> dict[Comment, str]:
    """What comments are, in the viewer's language."""
    return {
        Comment.NOTE: tr("comment"),
        Comment.BACK_TRANSLATION: tr("translation back"),
        Comment.QUESTION: tr("question to the author"),
        Comment.ANSWER: tr("answer of the author"),
    }


def name_of(draft: Draft) -> str:
    """What an event is called where it is listed."""
    comment = comment_of(draft)
    return comment_names()[comment] if comment else tr(draft.kind.value.replace("_", " "))


def comment_choice(found: Focus, key: str) -> None:
    """What is to be sent: a note, a translation back, or a question."""
    names = comment_names()
    choices = [
        one for one in _TO_SEND if one is not Comment.BACK_TRANSLATION or found.is_translated
    ]
    st.radio(tr("What is it?"), choices, format_func=names.__getitem__, horizontal=True,
             key=f"comment-{key}")  # fmt: skip


def back_html(found: Focus) -> str:
    """The slot under the translation: what it says, read back in the source's language, by whom and
    when; of exactly these words, so it goes when they change."""
    locale = office.desk().project.settings.source.locale
    html = ""
    for event in found.back:
        draft = event.draft
        label = f"{tr('Translated back')} · {_who(event)}"
        if draft.actor in found.history.authors:
            label += " · " + tr("who also wrote the translation")
        html += f'<div class="m-label">{escape(label)}</div>' + text_html(draft.reason, locale)
    return f'<div data-testid="back">{html}</div>' if html else ""


def talk_html(found: Focus) -> str:
    """Questions and answers, in the order in which they came."""
    said = sorted((*found.questions, *found.answers), key=lambda event: event.number)
    names = comment_names()
    rows = "".join(
        f'<div class="m-finding-row"><b>{escape(names[comment])}</b> '
        f"(<bdi>{escape(_who(event))}</bdi>): "
        f'<bdi dir="auto">{escape(event.draft.reason)}</bdi></div>'
        for event in said
        if (comment := comment_of(event.draft))
    )
    return f'<div data-testid="talk">{rows}</div>' if rows else ""


def _who(event: Event) -> str:
    return f"{event.draft.actor} · {event.at[:10]}"
