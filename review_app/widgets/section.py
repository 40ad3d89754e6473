"""Approving a whole section: exactly which sentences, and which not and why."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.index import Line
from medloc.model import Person
from medloc.workflow.signing import Act, SectionPlan, section_plan, sign
from review_app import office
from review_app.reviewing import DOOR, is_too_soon
from review_app.session import State, current_person, door, state
from review_app.texts import shown, tr
from review_app.widgets import pace


def section(line: Line, person: Person, mine: State) -> None:
    """A fold that lists what approving the section of a sentence would approve."""
    with st.expander(tr("The whole section `{section}`", section=line.section)):
        if not st.toggle(tr("Show what can be approved"), key=f"section-{line.article}-"
                         f"{line.locale}-{line.section}"):  # fmt: skip
            return
        plan = section_plan(
            office.desk(), person, line.article, line.locale, line.section,
            seen=mine.seen, door=DOOR,
        )  # fmt: skip
        rows = [_row(line, message, "") for message, _ in plan.pairs]
        rows += [_row(line, message, why) for message, why in plan.refused]
        st.html("".join(rows))
        stamp = f"section-{mine.form}"
        pace.words_end(stamp)
        st.button(
            tr("Approve these {count} sentences", count=len(plan.pairs)),
            key=f"approve-{stamp}",
            on_click=_approve,
            args=(line.article, line.locale, plan, mine.form),
            disabled=not plan.pairs or not mine.watched,
        )


def _row(line: Line, message: str, why: str) -> str:
    found = office.desk().index.line(line.article, line.locale, message)
    text = escape(found.target if found else message)
    note = f'<br><small dir="auto">{escape(shown(why))}</small>' if why else ""
    sign_ = "–" if why else "✓"
    return f'<div class="m-finding-row" dir="auto">{sign_} {text}{note}</div>'


def _approve(article: str, locale: str, plan: SectionPlan, form: str) -> None:
    """Approve exactly what was listed: message ids and hashes come with the button."""
    mine, person = state(), current_person()
    if is_too_soon(mine, f"section-{form}"):
        return
    if person is None:
        mine.said = ("error", tr("Your session has ended: sign in again. Nothing was stored."))
        return
    act = Act(article, locale, plan.pairs, form)
    try:
        signed = sign(office.desk(), act, actor=person.id, seen=mine.seen, door=door())
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return
    left = " ".join(shown(why) for _, why in signed.left)
    count = len(signed.numbers)
    mine.said = ("warning" if left else "success", f"{tr('{count} approved.', count=count)} {left}")
    mine.next_form()
