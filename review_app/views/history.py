"""History: everything the ledger says, newest first, each event with its exact texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st

from medloc.ledger import export_lines, open_ledger
from medloc.model import Event, Person
from medloc.workflow.chronicle import (
    ChainState,
    Choices,
    Wanted,
    all_events,
    anchor,
    chain_state,
    choices,
    lines_of,
    select,
)
from medloc.workflow.project import Project, open_project
from review_app import office
from review_app.screens import screen
from review_app.texts import shown, tr
from review_app.widgets.events import EVENT_STYLE, event_html
from review_app.widgets.names import event_names, verbatim

ROWS = 25


@screen
def show(person: Person) -> None:
    """Draw the screen."""
    desk = office.desk()
    decisions = desk.decisions
    events, found = _known(str(desk.root), decisions.head)
    st.header(tr("History"))
    if not events:
        st.info(tr("The ledger is empty. The first decision on the Review screen begins it."))
        return
    state = st.container()
    wanted = _filters(found)
    fitting = _fitting(str(desk.root), decisions.head, wanted)
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    left.write(tr("Events: {count}", count=len(fitting)))
    with right:
        _export(desk.project, fitting, whole=len(fitting) == len(events))
    with middle:
        page = _page(fitting)
    if not fitting:
        st.info(tr("Nothing fits. Take a filter away."))
    shown = fitting[(page - 1) * ROWS : page * ROWS]
    st.html(EVENT_STYLE + "".join(map(event_html, shown)))
    with state:
        _chain(desk.project, events)


@lru_cache(maxsize=2)
def _known(root: str, head: int) -> tuple[tuple[Event, ...], Choices]:
    """The events of a ledger in order; they are the fold's own, so this costs a list."""
    events = all_events(office.desk().decisions)
    return events, choices(events)


@lru_cache(maxsize=16)
def _fitting(root: str, head: int, wanted: Wanted) -> list[Event]:
    """Kept, so that going through pages does not look through the whole ledger at each."""
    return select(_known(root, head)[0], wanted)


def _filters(found: Choices) -> Wanted:
    one, two, three = st.columns(3)
    four, five, six = st.columns(3)
    names = event_names()
    with one:
        article = _choice(tr("Article"), "article", found.articles)
    with two:
        locale = _choice(tr("Language"), "locale", found.locales)
    with three:
        person = _choice(tr("Person"), "person", found.people)
    with four:
        kind = _choice(tr("What happened"), "kind", [k.value for k in found.kinds],
                       {k.value: names[k] for k in found.kinds})  # fmt: skip
    with five:
        since = st.date_input(tr("From (day, UTC)"), value=None, key="h-since")
    with six:
        until = st.date_input(tr("To (day, UTC)"), value=None, key="h-until")
    return Wanted(article, locale, person, kind, _day(since), _day(until))


def _choice(
    label: str, name: str, options: Sequence[str], words: dict[str, str] | None = None
) -> str:
    """A filter; the address may say what it begins with."""
    every = ["", *options]
    asked = st.query_params.get(name, "")
    return st.selectbox(
        label,
        every,
        index=every.index(asked) if asked in every else 0,
        format_func=lambda value: (words or {}).get(value, value) or tr("all"),
        key=f"h-{name}",
    )


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _export(project: Project, fitting: Sequence[Event], *, whole: bool) -> None:
    """What is filtered out is left out; only the whole can be followed as a chain."""
    numbers = () if whole else tuple(event.number for event in fitting)
    st.download_button(
        tr("Download these as JSON Lines"),
        partial(_exported, str(project.root), numbers),
        file_name="decisions.jsonl" if whole else "events.jsonl",
        mime="application/jsonl",
        key="h-export",
        disabled=not fitting,
        on_click="ignore",
        width="stretch",
    )


def _exported(root: str, numbers: tuple[int, ...]) -> bytes:
    """Made when the button is pressed, not before."""
    project = open_project(Path(root))
    if numbers:
        return lines_of(project, numbers)
    return export_lines(open_ledger(project.settings.ledger, base=project.root))


def _page(fitting: Sequence[Event]) -> int:
    """Which page of the list; another list begins on its first."""
    pages = -(-len(fitting) // ROWS)
    if pages < 2:
        return 1
    key = f"h-page-{fitting[0].number}-{len(fitting)}"
    return int(st.number_input(tr("Page (of {pages})", pages=pages), 1, pages, key=key))


def _chain(project: Project, events: Sequence[Event]) -> None:
    """Whether the ledger on the disk is whole, and up to where the site vouches for it."""
    left, right = st.columns([4, 1], vertical_alignment="center")
    with right:
        if st.button(tr("Check again"), key="h-check", width="stretch"):
            _checked.cache_clear()
    state, at = _checked(str(project.root), len(events))
    there = events[state.count - 1].hash if 0 < state.count <= len(events) else state.head
    with left:
        if state.trouble or state.count < len(events) or there != state.head:
            trouble = state.trouble or tr("The ledger on the disk is not the one that was read.")
            st.error(tr("The chain is broken: {trouble}", trouble=verbatim(shown(trouble))))
        else:
            st.success(
                tr("The chain of {count} events is whole (checked at {time} UTC); its head is "
                   "{head}.", count=state.count, time=at, head=state.head[:16])
            )  # fmt: skip
        _anchor(project, events)


@lru_cache(maxsize=4)
def _checked(root: str, head: int) -> tuple[ChainState, str]:
    """Cached by the head: without a new event the same is not read again unless asked for."""
    return chain_state(open_project(Path(root))), f"{office.desk().clock():%H:%M}"


def _anchor(project: Project, events: Sequence[Event]) -> None:
    found = anchor(project, events)
    if found is None:
        st.caption(tr("Last anchored: never; there is no site yet."))
    elif found.trouble:
        st.error(
            tr(
                "The site does not fit the ledger: {trouble}",
                trouble=verbatim(shown(found.trouble)),
            )
        )
    else:
        later = len(events) - found.count
        st.caption(
            tr("Last anchored: event {count}, by the site of {date}. Events after it: {later}.",
               count=found.count, date=verbatim(found.date), later=later)
        )  # fmt: skip
