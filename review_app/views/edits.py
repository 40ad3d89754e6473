"""Edits of the source: where an editor says that the meaning is kept, once for all languages."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.index import Query
from medloc.model import Person
from medloc.phrases import together
from medloc.workflow.carrying import SourceEdit
from medloc.workflow.comments import open_questions
from review_app import office
from review_app.screens import say, screen
from review_app.session import current_person, door, state
from review_app.texts import shown, tr
from review_app.widgets.address import message_link
from review_app.widgets.texts import changes_html, text_html

_SHOWN = 20


def show() -> None:
    """Draw the screen."""
    _screen()


@screen
def _screen(person: Person) -> None:
    desk, mine = office.desk(), state()
    st.header(tr("Edits of the source"))
    say(*mine.said)
    if "editor" not in person.roles:
        st.info(tr("Only people with the role `editor` carry decisions over an edit."))
        return
    _questions()
    edits = desk.source_edits()
    if not edits:
        st.success(tr("No source text was edited under standing decisions."))
        return
    st.write(
        tr(
            "Each of these was decided on as it was before. If the meaning is kept, say so and "
            "why: the earlier decisions then count for the new text, in all the languages named."
        )
    )
    for number, edit in enumerate(edits[:_SHOWN]):
        _edit(number, edit, mine.form)
    if len(edits) > _SHOWN:
        st.caption(tr("{count} more follow when these are done.", count=len(edits) - _SHOWN))


def _questions() -> None:
    """What translators and reviewers asked, with the way to the sentence."""
    desk = office.desk()
    locale = desk.project.settings.source.locale
    asked = open_questions(desk.decisions, locale)
    if not asked:
        return
    st.subheader(tr("Questions to the author ({count})", count=len(asked)))
    st.write(tr("Answer each once: beside the sentence, by N. The answer is for all languages."))
    for event in asked[:_SHOWN]:
        draft = event.draft
        lines = desk.index.lines(
            Query(article=draft.article, locale=draft.locale, exact_source=draft.source), limit=1
        )
        answer = ""
        where = f"{draft.article} · {draft.locale} · {draft.actor} · {event.at[:10]}"
        for line in lines:  # none when the text has changed since
            answer = f' · <a href="{escape(message_link(line))}" target="_self">'
            answer += f"<b>{escape(tr('Answer'))}</b></a>"
        st.html(
            f'<div class="m-label">{escape(where)}{answer}</div>'
            f'<div class="m-finding-row" dir="auto">{escape(draft.reason)}</div>'
            + text_html(draft.source, locale)
        )


def _edit(number: int, edit: SourceEdit, form: str) -> None:
    locale = office.desk().project.settings.source.locale
    kind = tr("moved") if edit.moved else tr("edited")
    with st.container(border=True):
        st.html(
            f'<div class="m-label"><b>{escape(edit.article)}</b> · {kind} · '
            f"{escape(', '.join(edit.locales))}</div>"
            + (text_html(edit.now, locale) if edit.moved else
               changes_html(edit.was, edit.now, locale))
        )  # fmt: skip
        if edit.problem:
            st.html(f'<div class="m-finding-row m-error">{escape(shown(edit.problem))}</div>')
            return
        with st.form(key=f"carry-{number}-{edit.message}-{form}", border=False):
            reason = st.text_input(tr("Why is the meaning kept?"))
            sent = st.form_submit_button(tr("The meaning is kept"))
        if sent:
            _carry(edit, reason, form)
            st.rerun(scope="fragment")


def _carry(edit: SourceEdit, reason: str, form: str) -> None:
    mine, person = state(), current_person()
    if person is None:
        return
    try:
        outcome = office.desk().carry(edit, actor=person.id, door=door(), reason=reason, event=form)
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return
    if outcome.refused:
        mine.said = ("error", together(*dict.fromkeys(r.reason for r in outcome.refused)))
        return
    mine.said = ("success", tr("Carried forward in {count} languages.", count=len(outcome.done)))
    mine.next_form()
