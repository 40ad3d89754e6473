"""Publish: what the next build would do and why, building, recalling, proving. For publishers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from medloc.model import Person
from medloc.phrases import together
from medloc.workflow.built import Built
from medloc.workflow.outlook import Change, Fate, Outlook, Prospect
from review_app.jobs import Job
from review_app.publishing import jobs, next_build, publisher, start_build
from review_app.screens import say, screen
from review_app.session import state
from review_app.texts import later, shown, tr
from review_app.views.proving import proofs
from review_app.views.recalling import recalls
from review_app.widgets.names import verbatim

ROWS = 25
_NAMES = {
    Fate.PUBLISHED: later("Published"),
    Fate.LAST_GOOD: later("Last good edition"),
    Fate.NOTICE: later("Only a notice"),
    Fate.WITHHELD: later("Not published"),
}
_MEANINGS = {
    Fate.PUBLISHED: later("Every sentence is approved."),
    Fate.LAST_GOOD: later("An edit waits for approval; the last edition approved whole stays up."),
    Fate.NOTICE: later("Readers learn that the page is being corrected or was withdrawn."),
    Fate.WITHHELD: later("There is no page."),
}
_CHANGES = {
    Change.NEW: later("new"),
    Change.CHANGED: later("changes"),
    Change.SAME: later("as it is now"),
    Change.DOWN: later("comes down"),
    Change.NONE: later("not there now either"),
}


def show() -> None:
    """Draw the screen."""
    _screen()


@screen
def _screen(person: Person) -> None:
    st.header(tr("Publish"))
    if publisher() is None:
        st.warning(tr("Only publishers work here. Ask whoever keeps the list of people."))
        return
    parts = {"next": tr("Next build"), "recall": tr("Recall"), "prove": tr("Prove")}
    part = st.radio(
        tr("What to do"), list(parts), format_func=lambda name: parts[name], horizontal=True,
        key="publish-part", label_visibility="collapsed",
    )  # fmt: skip
    say(*state().said)
    {"recall": recalls, "prove": proofs}.get(str(part), _next)(person)


def _next(person: Person) -> None:
    last = jobs().recent("build")
    if last and last[0].ended is None:
        _watch()
        return
    if last:
        _ended(last[0])
    with st.spinner(tr("Asking the gates what would be published")):
        found = next_build(person)
    form = state().form
    st.button(
        tr("Build and record this edition"), key=f"build-{form}", type="primary",
        on_click=_build, args=(form,),
    )  # fmt: skip
    st.caption(
        tr(
            "It is recorded in the ledger as published by {name}.",
            name=verbatim(person.name or person.id),
        )
    )
    _outlook(found)


def _build(form: str) -> None:
    """A second press on the same button is the same build."""
    mine = state()
    if mine.form == form:
        mine.next_form()
        start_build()


@st.fragment(run_every=0.7)
def _watch() -> None:
    """The build under way; when it has ended, the whole screen is drawn again."""
    job = jobs().recent("build")[0]
    if job.ended is not None:
        st.rerun()
    words = tr(
        "{who} builds since {time} UTC", who=verbatim(job.who), time=f"{job.started:%H:%M:%S}"
    )
    st.progress(job.share, text=words)


def _ended(job: Job) -> None:
    assert job.ended is not None
    when = f"{job.ended:%Y-%m-%d %H:%M:%S}"
    if job.trouble or not isinstance(job.result, Built):
        st.error(tr("The build of {time} UTC was broken off; the site is as it was.", time=when))
        st.html(f'<div class="m-finding-row m-error">{escape(shown(job.trouble))}</div>')
        return
    built = job.result
    st.success(
        tr("Built by {who} at {time} UTC in {seconds} s: {pages} pages; {written} files written, "
           "{removed} removed; {withheld} pages withheld.", who=verbatim(job.who), time=when,
           seconds=round(built.seconds, 1), pages=built.pages, written=built.written,
           removed=built.removed, withheld=len(built.withheld))
    )  # fmt: skip
    rows = [_row(tr("taken down: {path}", path=path), "m-error") for path in built.down]
    rows += [_row(str(notice)) for notice in built.notices]
    rows += [_row(str(trouble), "m-error") for trouble in built.troubles]
    rows += [
        _row(together(f"{page.article} · {page.locale}:", page.reason)) for page in built.withheld
    ]
    if rows:
        with st.expander(tr("What it said ({count})", count=len(rows))):
            st.html("".join(rows))


def _outlook(found: Outlook) -> None:
    counts = {fate: found.of(fate) for fate in Fate}
    for column, fate in zip(st.columns(len(Fate)), Fate, strict=True):
        pages = counts[fate]
        moving = sum(one.change not in (Change.SAME, Change.NONE) for one in pages)
        column.metric(
            tr(_NAMES[fate]), len(pages), help=tr(_MEANINGS[fate]),
            delta=tr("{number} of them change", number=moving) if moving else None,
            delta_color="off", delta_arrow="off",
        )  # fmt: skip
    rows = [_row(str(trouble), "m-error") for trouble in found.troubles]
    rows += [_row(tr("comes down, its article is gone: {path}", path=p), "m-error")
             for p in found.gone]  # fmt: skip
    rows += [_row(str(notice)) for notice in found.notices]
    if rows:
        st.html("".join(rows))
    for fate in (Fate.WITHHELD, Fate.NOTICE, Fate.LAST_GOOD, Fate.PUBLISHED):
        if counts[fate]:
            with st.expander(f"{tr(_NAMES[fate])} ({len(counts[fate])})",
                             expanded=fate is not Fate.PUBLISHED):  # fmt: skip
                st.caption(tr(_MEANINGS[fate]))
                _pages(fate, counts[fate])


def _pages(fate: Fate, pages: Sequence[Prospect]) -> None:
    """A list of pages, a screenful at a time."""
    start = 0
    if len(pages) > ROWS:
        starts = list(range(0, len(pages), ROWS))
        start = int(
            st.selectbox(
                tr("Pages"), starts, key=f"publish-rows-{fate.value}",
                format_func=lambda n: f"{n + 1} – {min(n + ROWS, len(pages))} / {len(pages)}",
            )
            or 0
        )  # fmt: skip
    st.html("".join(_prospect(one) for one in pages[start : start + ROWS]))


def _prospect(one: Prospect) -> str:
    page = {"article": one.article, "locale": one.locale}
    links = [f'<a href="/preview?{urlencode(page)}" target="_self">{tr("Preview")}</a>']
    if one.messages:
        review = urlencode({**page, "mine": "0"})
        links.append(f'<a href="/review?{review}" target="_self">{tr("Review")}</a>')
    reason = f'<div dir="auto">{escape(shown(one.reason))}</div>' if one.reason else ""
    return (
        f'<div class="m-finding-row" data-testid="prospect" data-fate="{one.fate.value}">'
        f"<b>{escape(one.article)}</b> · {escape(one.locale)} · {tr(_CHANGES[one.change])} · "
        f"{' · '.join(links)}{reason}</div>"
    )


def _row(text: str, kind: str = "") -> str:
    return f'<div class="m-finding-row {kind}" dir="auto">{escape(shown(text))}</div>'
