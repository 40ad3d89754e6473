"""Review: a list, the sentence in focus beside its source, and what can be said of it."""

from __future__ import annotations

import streamlit as st

from medloc.index import Line, Query
from medloc.model import Person
from medloc.workflow.focus import focus
from review_app import office
from review_app.reviewing import query_of
from review_app.screens import say, screen
from review_app.session import State, current_person, state
from review_app.texts import tr
from review_app.widgets import address, pace
from review_app.widgets.deciding import about_of, actions
from review_app.widgets.filters import filters
from review_app.widgets.names import beginning
from review_app.widgets.section import section
from review_app.widgets.sentence import TOLD, history, remarks, sentence

ROWS = 20
_SIGNS = {
    "missing": "○", "stale": "◌", "waiting": "●", "changes_requested": "✎", "half_approved": "◐",
    "approved": "✓", "recalled": "✕",
}  # fmt: skip


def show() -> None:
    """Draw the list that the address asks for; what changes at a press is one fragment."""
    address.take(state())
    pace.watch()
    _screen()


@screen
def _screen(person: Person) -> None:
    mine = state()
    query = query_of(mine, person)
    line = _in_focus(mine, query)
    with st.container(key="desk"):
        left, right = st.columns([1, 3], gap="medium")
    with left:
        filters(mine)
        _list(query, line)
    with right:
        # Texts and buttons come to the screen one after the other: the buttons of the words before
        # go first, so that none is ever beside words that it does not decide on.
        told, words, buttons, more = st.container(), st.container(), st.empty(), st.container()
        with told:
            say(*mine.said)
        if line is None:
            st.info(tr("Nothing here waits for you. Change the filter, or go back to Waiting."))
            return
        found = focus(office.desk(), line.article, line.locale, line.id)
        if found is None:
            st.info(tr("This sentence is no more: the article has changed. Choose another."))
            return
        with words:
            sentence(found, line)
            texts = (found.pair.source, found.pair.target)
            pace.words_end(about_of(found, mine).stamp, TOLD, texts, keys=True)
        with buttons.container():
            if pace.is_watched(mine):
                actions(found, person, mine, after=_next)
        with more:
            remarks(found)
            history(found)
        if not found.is_source:
            section(line, person, mine)


def _in_focus(mine: State, query: Query) -> Line | None:
    index = office.desk().index
    if mine.message:
        line = index.line(mine.at[0] or mine.article, mine.at[1] or mine.locale, mine.message)
        if line is not None:
            mine.at = (line.article, line.locale)
            return line
    first = index.lines(query, limit=1)
    if not first:
        return None
    _put_in_focus(mine, first[0])
    return first[0]


def _put_in_focus(mine: State, line: Line) -> None:
    mine.at, mine.message = (line.article, line.locale), line.id
    mine.next_form()


def _list(query: Query, line: Line | None) -> None:
    index = office.desk().index
    total = index.count(query)
    place, rows = index.around(query, line, ROWS) if line else (0, index.lines(query, limit=ROWS))
    st.caption(tr("{number} of {total}", number=min(place + 1, total), total=total))
    for one in rows:
        sign = _SIGNS.get(one.standing, "·") + ("!" if one.errors else "")
        chosen = line is not None and (one.article, one.locale, one.id) == (*state().at, line.id)
        st.button(
            f"{sign} {beginning(one.source) or '—'}",
            key=f"list-{one.article}-{one.locale}-{one.id}",
            on_click=_choose,
            args=(one.article, one.locale, one.id),
            type="primary" if chosen else "tertiary",
            width="stretch",
        )
    back, on = st.columns(2)
    back.button(tr("← Previous"), key="previous", on_click=_previous, shortcut="K", width="stretch",
                disabled=place == 0)  # fmt: skip
    on.button(tr("Next →"), key="next", on_click=_skip, shortcut="J", width="stretch",
              disabled=place + 1 >= total)  # fmt: skip


def _choose(article: str, locale: str, message: str) -> None:
    mine = state()
    mine.at, mine.message, mine.said = (article, locale), message, ("", "")
    mine.next_form()


def _previous() -> None:
    _step(-1)


def _skip() -> None:
    state().said = ("", "")
    _step(1)


def _next() -> None:
    """Go on after a decision; what became of it stays to be read."""
    _step(1)


def _step(by: int) -> None:
    mine, person = state(), current_person()
    if person is None:
        return
    query, index = query_of(mine, person), office.desk().index
    line = index.line(*mine.at, mine.message)
    # Whether it has left the list or not: the next is the one after it in the document.
    found = index.beside(query, line, back=by < 0) if line else next(iter(index.lines(query)), None)
    if found:
        _put_in_focus(mine, found)
