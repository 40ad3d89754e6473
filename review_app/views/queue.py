"""What waits: articles and languages with their counts; the way into Review."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from medloc.index import Query
from medloc.model import Standing
from review_app import office
from review_app.reviewing import reviewer_of
from review_app.session import current_person, state
from review_app.views import review

_NAMES = {standing.value: standing.value.replace("_", " ") for standing in Standing}


def show() -> None:
    """Draw the screen."""
    person = current_person()
    if person is None:
        st.rerun()
        return
    desk = office.desk()
    desk.refresh()
    for trouble in desk.troubles:
        st.error(str(trouble))
    mine = Query(waits_for=reviewer_of(person))
    waiting = desk.index.counts(mine)
    total = desk.index.count(mine)
    st.header("Waiting for you")
    if not total:
        st.success("Nothing waits for you. Below is where everything stands.")
    else:
        st.write(f"{total} sentences in {len(waiting)} pages.")
        _waiting_rows(waiting, desk.index.oldest(mine))
    st.subheader("Where everything stands")
    _standings_table(desk.index.counts(Query()))


def _waiting_rows(waiting: object, oldest: object) -> None:
    assert isinstance(waiting, dict)
    assert isinstance(oldest, dict)
    for (article, locale), counts in waiting.items():
        left, right = st.columns([4, 1], vertical_alignment="center")
        number = sum(counts.get(name, 0) for name in _NAMES)
        risky = counts.get("high_risk", 0)
        words = [f"**{article}** · {locale}", f"{number} waiting"]
        words += [f"{risky} of high risk"] if risky else []
        words += [f"{counts['errors']} with errors"] if counts.get("errors") else []
        since = oldest.get((article, locale), "")
        words += [f"oldest since {since[:10]}"] if since else []
        left.markdown(" · ".join(words))
        right.button(
            "Review",
            key=f"open-{article}-{locale}",
            on_click=_open,
            args=(article, locale),
            width="stretch",
        )
    if state().article and state().said == ("open", ""):
        state().said = ("", "")
        st.switch_page(st.Page(review.show, title="Review", url_path="review"))


def _open(article: str, locale: str) -> None:
    mine = state()
    mine.article, mine.locale, mine.message, mine.at = article, locale, "", (article, locale)
    mine.mine, mine.standings, mine.words = True, (), ""
    mine.next_form()
    mine.said = ("open", "")


def _standings_table(counts: object) -> None:
    assert isinstance(counts, dict)
    rows = [
        {
            "article": article,
            "locale": locale,
            **{name: row.get(value, 0) for value, name in _NAMES.items()},
            "link": "review?" + urlencode({"article": article, "locale": locale, "mine": "0"}),
        }
        for (article, locale), row in counts.items()
    ]
    st.dataframe(
        rows,
        hide_index=True,
        column_config={"link": st.column_config.LinkColumn("open", display_text="review")},
    )
