"""Which sentences a list shows: chosen here, kept in the session, and written into the address."""

from __future__ import annotations

import streamlit as st

from medloc.model import Standing
from review_app import office
from review_app.session import State, state
from review_app.texts import tr
from review_app.widgets.address import put

_ALL = "all"
_STANDINGS = {standing.value: standing.value.replace("_", " ") for standing in Standing}


def filters(mine: State) -> None:
    """A button that opens the filters. They are drawn only when they are open: two thousand
    articles to choose from are more than all the rest of a screen."""
    box = st.popover(tr("Filter"), width="stretch", key="filters", on_change="rerun")
    if not box.open:
        return
    desk = office.desk()
    articles = [_ALL, *desk.sources.articles]
    locales = [_ALL, *desk.project.locales(source=True)]
    with box:
        st.selectbox(tr("Article"), articles, index=_place(articles, mine.article), key="f-article",
                     on_change=_changed)  # fmt: skip
        st.selectbox(tr("Language"), locales, index=_place(locales, mine.locale), key="f-locale",
                     on_change=_changed)  # fmt: skip
        _sections(mine)
        st.toggle(tr("Only what waits for me"), value=mine.mine, key="f-mine", on_change=_changed)
        st.multiselect(tr("Standing"), list(_STANDINGS), default=list(mine.standings),
                       format_func=lambda value: tr(_STANDINGS[value]), key="f-standings",
                       on_change=_changed, placeholder=tr("Choose options"))  # fmt: skip
        st.toggle(tr("Only high risk"), value=mine.high_risk, key="f-risk", on_change=_changed)
        st.toggle(
            tr("Only with findings"), value=mine.findings, key="f-findings", on_change=_changed
        )
        st.text_input(tr("Words"), value=mine.words, key="f-words", on_change=_changed)


def _sections(mine: State) -> None:
    """Sections of the article, when there is one article."""
    article = office.desk().sources.articles.get(mine.article)
    if article is None:
        return
    sections = [_ALL, *dict.fromkeys(message.section for message in article.messages)]
    st.selectbox(tr("Section"), sections, index=_place(sections, mine.section),
                 key=f"f-section-{mine.article}", on_change=_changed)  # fmt: skip


def _place(names: list[str], wanted: str) -> int:
    return names.index(wanted) if wanted in names else 0


def _changed() -> None:
    mine, given = state(), st.session_state
    article, locale = str(given["f-article"]), str(given["f-locale"])
    section = str(given.get(f"f-section-{article}", _ALL))
    mine.article = "" if article == _ALL else article
    mine.section = "" if section == _ALL else section
    mine.locale = "" if locale == _ALL else locale
    mine.mine, mine.high_risk = bool(given["f-mine"]), bool(given["f-risk"])
    mine.findings, mine.words = bool(given["f-findings"]), str(given["f-words"]).strip()
    mine.standings = tuple(given["f-standings"])
    mine.message, mine.said = "", ("", "")
    mine.next_form()
    put(mine)
