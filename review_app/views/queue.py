"""Waiting: what this person can do something about, and where everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import streamlit as st

from medloc.index import Query
from medloc.model import Person, Standing
from medloc.workflow.comments import open_questions
from review_app import office
from review_app.reviewing import reviewer_of
from review_app.screens import screen
from review_app.session import state
from review_app.texts import shown, tr
from review_app.views import edits, review, sign, translate
from review_app.widgets.address import link
from review_app.widgets.names import verbatim

Counts = Mapping[tuple[str, str], Mapping[str, int]]
_TO_WRITE = (Standing.MISSING.value, Standing.STALE.value, Standing.CHANGES_REQUESTED.value)
_OPEN = tuple(standing.value for standing in Standing if standing is not Standing.APPROVED)
_TRANSLATOR, _EDITOR = "translator", "editor"
_ROWS = 25


def show() -> None:
    """Draw the screen; catalogs and the ledger are looked at anew."""
    office.desk().refresh()
    _screen()


@screen
def _screen(person: Person) -> None:
    desk = office.desk()
    for trouble in desk.troubles:
        st.error(verbatim(shown(str(trouble))))
    mine = Query(waits_for=reviewer_of(person))
    st.header(tr("Waiting for you"))
    asked = _asked() if _EDITOR in person.roles else 0
    waiting = desk.index.counts(mine)
    to_write = _to_write(person) if _TRANSLATOR in person.roles else {}
    if not waiting and not to_write and not asked:
        st.success(tr("Nothing waits for you. Below is where everything stands."))
    if waiting:
        st.write(tr("To decide on: {count} sentences.", count=desk.index.count(mine)))
        _rows(waiting, desk.index.oldest(mine), "review")
    if to_write:
        st.write(tr("To translate: {count} sentences.", count=sum(map(_total, to_write.values()))))
        _rows(to_write, {}, "translate")
    if asked:
        _questions(asked)
    if state().going:
        _go(state().going)
    st.subheader(tr("Where everything stands"))
    _standings_table(desk.index.counts(Query()))


def _asked() -> int:
    """How many questions to the author have no answer yet."""
    desk = office.desk()
    return len(open_questions(desk.decisions, desk.project.settings.source.locale))


def _questions(asked: int) -> None:
    left, one, _ = st.columns([5, 1, 1], vertical_alignment="center")
    left.markdown(tr("Questions to the author: {count}", count=asked))
    one.button(tr("Answer"), key="answer-questions", on_click=_open, args=("", "", "edits"),
               width="stretch")  # fmt: skip


def _to_write(person: Person) -> Counts:
    counts = office.desk().index.counts(Query(standings=_TO_WRITE))
    return {
        (article, locale): row
        for (article, locale), row in counts.items()
        if not person.locales or locale in person.locales
    }


def _total(row: Mapping[str, int]) -> int:
    return sum(row.get(standing.value, 0) for standing in Standing)


def _rows(waiting: Counts, oldest: Mapping[tuple[str, str], str], kind: str) -> None:
    """One row for each page, with the way to it; so many at a time."""
    begin = min(state().parts.get(kind, 0), (len(waiting) - 1) // _ROWS * _ROWS)
    for (article, locale), counts in islice(waiting.items(), begin, begin + _ROWS):
        words = [
            f"**{verbatim(article)}** · {locale}",
            tr("{count} sentences", count=_total(counts)),
        ]
        if counts.get("high_risk"):
            words.append(tr("{count} of high risk", count=counts["high_risk"]))
        if counts.get("errors"):
            words.append(tr("{count} with errors", count=counts["errors"]))
        if since := oldest.get((article, locale)):
            words.append(tr("oldest since {date}", date=since[:10]))
        left, one, two = st.columns([5, 1, 1], vertical_alignment="center")
        left.markdown(" · ".join(words))
        if kind == "translate":
            one.button(tr("Translate"), key=f"translate-{article}-{locale}", on_click=_open,
                       args=(article, locale, "translate"), width="stretch")  # fmt: skip
            continue
        one.button(tr("Review"), key=f"open-{article}-{locale}", on_click=_open,
                   args=(article, locale, "review"), width="stretch")  # fmt: skip
        two.button(tr("Read and sign"), key=f"sign-{article}-{locale}", on_click=_open,
                   args=(article, locale, "sign"), width="stretch")  # fmt: skip
    if len(waiting) > _ROWS:
        _turning(kind, begin, len(waiting))


def _turning(kind: str, begin: int, total: int) -> None:
    """The way to the pages before and after those that are shown."""
    back, on, where = st.columns([1, 1, 5], vertical_alignment="center")
    back.button(tr("← Previous"), key=f"previous-{kind}", on_click=_turn, width="stretch",
                args=(kind, begin - _ROWS), disabled=begin == 0)  # fmt: skip
    on.button(tr("Next →"), key=f"next-{kind}", on_click=_turn, width="stretch",
              args=(kind, begin + _ROWS), disabled=begin + _ROWS >= total)  # fmt: skip
    here = f"{begin + 1}–{min(begin + _ROWS, total)}"
    where.caption(tr("{number} of {total}", number=here, total=total))


def _turn(kind: str, begin: int) -> None:
    state().parts[kind] = begin


def _open(article: str, locale: str, where: str) -> None:
    mine = state()
    mine.article, mine.locale, mine.message, mine.at = article, locale, "", (article, locale)
    mine.mine, mine.standings, mine.words, mine.said = True, (), "", ("", "")
    mine.section = ""
    mine.going = where
    mine.next_form()


def _go(where: str) -> None:
    """Leave for another screen: only from the script, never from a callback."""
    mine = state()
    mine.going = ""
    pages = {
        "review": st.Page(review.show, title=tr("Review"), url_path="review"),
        "sign": st.Page(sign.show, title=tr("Read and sign"), url_path="sign"),
        "translate": st.Page(translate.show, title=tr("Translate"), url_path="translate"),
        "edits": st.Page(edits.show, title=tr("Edits"), url_path="edits"),
    }
    asked = {"article": mine.article, "locale": mine.locale}
    st.switch_page(pages[where], query_params=asked if mine.article else None)


def _standings_table(counts: Counts) -> None:
    names = {standing.value: tr(standing.value.replace("_", " ")) for standing in Standing}
    rows = [
        {
            tr("article"): article,
            tr("language"): locale,
            **{name: row.get(value, 0) for value, name in names.items()},
            tr("open ones"): link(article, locale, *_OPEN)
            if any(row.get(name) for name in _OPEN)
            else None,
            tr("go to"): link(article, locale),
        }
        for (article, locale), row in counts.items()
    ]
    columns = {
        name: st.column_config.LinkColumn(name, display_text=tr("review"))
        for name in (tr("open ones"), tr("go to"))
    }
    st.dataframe(rows, hide_index=True, column_config=columns, placeholder="")
