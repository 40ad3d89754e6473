"""Progress: how the work goes on, as plots, with a table beside each and its CSV."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import altair as alt
import streamlit as st

from medloc.model import Person, Standing
from medloc.workflow.progress import AGES, WAITING, Progress, Stood, progress
from review_app import office
from review_app.screens import screen
from review_app.texts import tr
from review_app.widgets.names import kind_names, standing_names
from review_app.widgets.plots import (
    BAR,
    COLOURS,
    GREEN,
    KIND_COLOURS,
    PLOT_STYLE,
    RED,
    chart_of,
    days_axis,
    draw,
    tooltip,
)
from review_app.widgets.tables import Cell, download, legend, table
from review_app.widgets.texts import language_of

_MOST_BARS = 30


@screen
def show(person: Person) -> None:
    """Draw the screen."""
    desk = office.desk()
    desk.refresh()
    found = progress(desk)
    st.html(PLOT_STYLE)
    st.header(tr("Progress"))
    if not found.standings:
        st.info(tr("There are no articles yet. Put Markdown files into the folder of articles."))
        return
    _standings(found)
    _decisions(found)
    _waiting(found)
    _publications(found)


def _standings(found: Progress) -> None:
    st.subheader(tr("Where messages stand"))
    names = standing_names()
    legend([(name, COLOURS[standing]) for standing, name in names.items()])
    left, right = st.columns([3, 2], gap="large")
    with left:
        by_language = _summed([(_name(s.locale), s) for s in found.standings])
        _stacked(by_language, tr("Messages by language"), tr("language"))
        by_article = _most_open(_summed([(s.article, s) for s in found.standings]))
        _stacked(by_article, tr("Messages by article"), tr("article"))
    with right:
        used = {one.standing for one in found.standings}
        shown = [standing for standing in names if standing in used]
        columns = [tr("language"), tr("article"), *(names[standing] for standing in shown)]
        counted: dict[tuple[str, str], Counter[Standing]] = defaultdict(Counter)
        for one in found.standings:
            counted[one.locale, one.article][one.standing] += one.messages
        rows: list[list[Cell]] = [
            [la, article, *(row[s] for s in shown)] for (la, article), row in counted.items()
        ]
        table(tr("Messages by standing"), columns, rows)
        download("standings", columns, rows)


def _summed(rows: Sequence[tuple[str, Stood]]) -> dict[str, Counter[Standing]]:
    summed: dict[str, Counter[Standing]] = defaultdict(Counter)
    for name, one in rows:
        summed[name][one.standing] += one.messages
    return summed


def _most_open(rows: dict[str, Counter[Standing]]) -> dict[str, Counter[Standing]]:
    """The rows with most to be done, when there are too many for a plot."""
    if len(rows) <= _MOST_BARS:
        return rows
    st.caption(tr("The {number} articles with most to be done.", number=_MOST_BARS))
    order = sorted(rows, key=lambda name: rows[name][Standing.APPROVED] - rows[name].total())
    return {name: rows[name] for name in order[:_MOST_BARS]}


def _stacked(rows: dict[str, Counter[Standing]], title: str, what: str) -> None:
    names = standing_names()
    values: list[dict[str, object]] = [
        {"name": name, "standing": words, "order": order, "messages": counted[standing]}
        for name, counted in rows.items()
        for order, (standing, words) in enumerate(names.items())
        if counted[standing]
    ]
    chart = chart_of(values).mark_bar(stroke="white", strokeWidth=0.5)
    encoded = chart.encode(
        x=alt.X("messages:Q", title=tr("messages"), axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("name:N", title=what, sort=list(rows),
                axis=alt.Axis(labelLimit=140, labelOverlap=False)),
        color=alt.Color("standing:N", legend=None, scale=alt.Scale(
            domain=list(names.values()), range=[COLOURS[s] for s in names])),
        order=alt.Order("order:Q"),
        tooltip=tooltip(name=what, standing=tr("standing"), messages=tr("messages")),
    )  # fmt: skip
    draw(encoded, title, height=alt.Step(BAR))


def _decisions(found: Progress) -> None:
    st.subheader(tr("Decisions per day"))
    if not found.decisions:
        st.info(tr("Nobody has decided anything yet. Decisions are made on the Review screen."))
        return
    names = kind_names()
    kinds = [kind for kind in names if kind in {one.kind for one in found.decisions}]
    legend([(names[kind], KIND_COLOURS[kind]) for kind in kinds])
    left, right = st.columns([3, 2], gap="large")
    with left:
        values: list[dict[str, object]] = [
            {"day": d.day.isoformat(), "kind": names[d.kind], "decisions": d.decisions}
            for d in found.decisions
        ]
        chart = chart_of(values).mark_bar(stroke="white", strokeWidth=0.5)
        encoded = chart.encode(
            x=days_axis([one.day for one in found.decisions]),
            y=alt.Y("sum(decisions):Q", title=tr("decisions"),
                    axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("kind:N", legend=None, scale=alt.Scale(
                domain=[names[k] for k in kinds], range=[KIND_COLOURS[k] for k in kinds])),
            tooltip=tooltip(day=tr("day"), kind=tr("decision"), decisions=tr("decisions")),
        )  # fmt: skip
        draw(encoded, tr("Decisions per day"), height=260)
    with right:
        columns = [tr("day"), tr("decision"), tr("decisions")]
        rows: list[list[Cell]] = [
            [d.day.isoformat(), names[d.kind], d.decisions] for d in reversed(found.decisions)
        ]
        table(tr("Decisions per day (UTC)"), columns, rows)
        download("decisions", columns, rows)


def _waiting(found: Progress) -> None:
    st.subheader(tr("Age of what waits"))
    if not found.waiting:
        st.success(tr("Nothing waits for a decision or a correction."))
        return
    names, ages = standing_names(), _age_names()
    legend([(names[s], COLOURS[s]) for s in WAITING])
    left, right = st.columns([3, 2], gap="large")
    with left:
        summed: Counter[tuple[int, Standing]] = Counter()
        for one in found.waiting:
            summed[one.age, one.standing] += one.messages
        values: list[dict[str, object]] = [
            {"age": ages[age], "standing": names[standing], "messages": number}
            for (age, standing), number in summed.items()
        ]
        chart = chart_of(values).mark_bar(stroke="white", strokeWidth=0.5)
        encoded = chart.encode(
            x=alt.X("messages:Q", title=tr("messages"), axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("age:N", sort=list(ages.values()), title=tr("since it was last spoken of"),
                    axis=alt.Axis(labelLimit=160, labelOverlap=False),
                    scale=alt.Scale(domain=list(ages.values()))),
            color=alt.Color("standing:N", legend=None, scale=alt.Scale(
                domain=[names[s] for s in WAITING], range=[COLOURS[s] for s in WAITING])),
            tooltip=tooltip(age=tr("age"), standing=tr("standing"), messages=tr("messages")),
        )  # fmt: skip
        draw(encoded, tr("Messages that wait, by age"), height=alt.Step(BAR))
    with right:
        columns = [tr("language"), tr("standing"), tr("age"), tr("messages")]
        rows: list[list[Cell]] = [
            [one.locale, names[one.standing], ages[one.age], one.messages] for one in found.waiting
        ]
        table(tr("Messages that wait, by age"), columns, rows)
        download("waiting", columns, rows)


def _age_names() -> dict[int, str]:
    names = {
        0: tr("today"),
        **{i: tr("{first} to {last} days", first=first, last=last)
           for i, (first, last) in enumerate(AGES) if i and last is not None},
        len(AGES) - 1: tr("more than {days} days", days=AGES[-1][0] - 1),
        -1: tr("nothing recorded"),
    }  # fmt: skip
    return dict(sorted(names.items(), key=lambda item: item[0] % (len(AGES) + 1)))


def _publications(found: Progress) -> None:
    st.subheader(tr("From a change of the source to its publication"))
    if not found.publications:
        st.info(tr("The ledger has no text of an article yet: it gets it with the first decision."))
        return
    done, open_ = tr("published"), tr("not published yet, days so far")
    colours = {done: GREEN, open_: RED}
    legend(list(colours.items()))
    left, right = st.columns([3, 2], gap="large")
    with left:
        values: list[dict[str, object]] = [
            {"language": _name(one.locale), "article": one.article, "days": one.days,
             "state": done if one.published else open_}
            for one in found.publications
        ]  # fmt: skip
        chart = chart_of(values).mark_point(size=90, filled=True, opacity=0.9)
        encoded = chart.encode(
            x=alt.X("days:Q", title=tr("days"), axis=alt.Axis(tickMinStep=1, format="d"),
                    scale=alt.Scale(domain=[0, max(7, *(one.days for one in found.publications))])),
            y=alt.Y("language:N", title=tr("language"),
                    axis=alt.Axis(labelLimit=140, labelOverlap=False),
                    sort=list(dict.fromkeys(_name(s.locale) for s in found.publications))),
            color=alt.Color("state:N", legend=None, scale=alt.Scale(
                domain=list(colours), range=list(colours.values()))),
            shape=alt.Shape("state:N", legend=None, scale=alt.Scale(
                domain=list(colours), range=["circle", "triangle-up"])),
            tooltip=tooltip(language=tr("language"), article=tr("article"), days=tr("days"),
                             state=tr("standing")),
        )  # fmt: skip
        draw(encoded, tr("Days from the last change of the source"), height=alt.Step(BAR))
        st.caption(tr("Circles are published, triangles are not yet."))
    with right:
        columns = [tr("language"), tr("article"), tr("changed"), tr("published"), tr("days")]
        rows: list[list[Cell]] = [
            [one.locale, one.article, one.changed.isoformat(),
             one.published.isoformat() if one.published else "—", one.days]
            for one in found.publications
        ]  # fmt: skip
        table(tr("Last change of each source"), columns, rows)
        download("publications", columns, rows)


def _name(locale: str) -> str:
    return language_of(locale).name
