"""Approving a whole section: exactly which sentences, and which not and why."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.index import Line
from medloc.model import Pair, Person
from medloc.workflow.page_reading import page_messages
from medloc.workflow.signing import Act, SectionPlan, section_plan, sign
from review_app import office
from review_app.reviewing import DOOR, is_too_soon
from review_app.session import State, current_person, door, state
from review_app.texts import shown, tr
from review_app.widgets import pace
from review_app.widgets.texts import text_html

_TOLD = "section"


def section(line: Line, person: Person, mine: State) -> None:
    """A fold that lists what approving the section of a sentence would approve."""
    with st.expander(tr("The whole section `{section}`", section=line.section)):
        if not st.toggle(tr("Show what can be approved"), key=f"section-{line.article}-"
                         f"{line.locale}-{line.section}"):  # fmt: skip
            return
        plan = section_plan(
            office.desk(), person, line.article, line.locale, line.section,
            seen=mine.looked, door=DOOR,
        )  # fmt: skip
        texts = {
            one.message.id: one.pair
            for one in page_messages(office.desk(), line.article, line.locale)
        }
        # The files may have changed since the plan was made: only what is listed is approved.
        named = tuple((m, p) for m, p in plan.pairs if m in texts and texts[m].hash == p)
        plan, pairs = replace(plan, pairs=named), [texts[message] for message, _ in named]
        rows = [_row(pair, "") for pair in pairs]
        rows += [_row(texts[message], why) for message, why in plan.refused if message in texts]
        st.html("".join(rows))
        stamp = _stamp(plan, mine.form)
        both = [text for pair in pairs for text in (pair.source, pair.target)]
        pace.words_end(stamp, _TOLD, both, rows=len(pairs))
        st.button(
            tr("Approve these {count} sentences", count=len(plan.pairs)),
            key=f"approve-{stamp}",
            on_click=_approve,
            args=(line.article, line.locale, plan, mine.form),
            disabled=not plan.pairs or not mine.watched,
        )


def _stamp(plan: SectionPlan, form: str) -> str:
    """What makes the button of a plan its own: another plan has another button."""
    named = "|".join(pair for _, pair in plan.pairs)
    return f"section-{hashlib.sha256(named.encode()).hexdigest()[:16]}-{form}"


def _row(pair: Pair, why: str) -> str:
    """Both texts of a sentence, and why it is not approved."""
    told = "" if why else _TOLD
    source = office.desk().project.settings.source.locale
    note = f'<small dir="auto">– {escape(shown(why))}</small>' if why else "✓"
    texts = text_html(pair.source, source, told=told) + text_html(
        pair.target, pair.locale, told=told, empty=tr("not translated yet")
    )
    return f'<div class="m-finding-row m-of-section">{note}{texts}</div>'


def _approve(article: str, locale: str, plan: SectionPlan, form: str) -> None:
    """Approve exactly what was listed: message ids and hashes come with the button."""
    mine, person = state(), current_person()
    if form != mine.form or is_too_soon(mine, _stamp(plan, form)):
        return
    if person is None:
        mine.said = ("error", tr("Your session has ended: sign in again. Nothing was stored."))
        return
    act = Act(article, locale, plan.pairs, form)
    try:
        signed = sign(office.desk(), act, actor=person.id, seen=mine.looked, door=door())
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return
    left = " ".join(shown(why) for _, why in signed.left)
    count = len(signed.numbers)
    mine.said = ("warning" if left else "success", f"{tr('{count} approved.', count=count)} {left}")
    mine.next_form()
