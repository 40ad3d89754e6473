"""Proving the standing site against the ledger, and tracing a sentence to who decided on it."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.cli.traced import traced_words
from medloc.model import Person
from medloc.workflow.trace import LEAST, Traced, trace
from medloc.workflow.verify import Verified
from review_app import office
from review_app.jobs import Job
from review_app.publishing import jobs, start_verify
from review_app.texts import shown, tr
from review_app.widgets.texts import text_html

_SHOWN = 20


def proofs(person: Person) -> None:
    """Draw both."""
    st.subheader(tr("Is the site what was approved?"))
    recent = jobs().recent("verify")
    if recent and recent[0].ended is None:
        _watch()
    else:
        if recent:
            _verified(recent[0])
        rebuild = st.toggle(tr("Build again elsewhere and compare every byte"), key="verify-again")
        st.button(tr("Verify the site"), key="verify", on_click=_verify, args=(rebuild,))
    st.subheader(tr("Who decided on a sentence?"))
    _trace()


def _verify(rebuild: bool) -> None:
    start_verify(rebuild=rebuild)


@st.fragment(run_every=0.7)
def _watch() -> None:
    job = jobs().recent("verify")[0]
    if job.ended is not None:
        st.rerun()
    st.info(tr("Verifying since {time} UTC", time=f"{job.started:%H:%M:%S}"))


def _verified(job: Job) -> None:
    assert job.ended is not None
    when = f"{job.ended:%Y-%m-%d %H:%M:%S}"
    if job.trouble or not isinstance(job.result, Verified):
        st.html(f'<div class="m-finding-row m-error">{escape(shown(job.trouble))}</div>')
        return
    result = job.result
    if result.failure is None:
        st.success(
            tr("At {time} UTC: proved up to {level}: {pages} pages, {events} events.", time=when,
               level=result.level.value, pages=result.pages, events=result.events)
        )  # fmt: skip
        return
    st.error(tr("At {time} UTC: refused at {level}.", time=when, level=result.level.value))
    st.html(
        f'<div class="m-finding-row m-error" data-testid="failure" dir="auto">'
        f"{escape(str(result.failure))}</div>"
    )


def _trace() -> None:
    desk = office.desk()
    left, right = st.columns([3, 1])
    words = left.text_input(tr("The sentence as read, or part of it"), key="trace-words").strip()
    locales = ["", *desk.project.locales(source=True)]
    locale = right.selectbox(
        tr("Language"), locales, key="trace-locale",
        format_func=lambda name: name or tr("all languages"),
    )  # fmt: skip
    if not words:
        return
    if sum(map(str.isalnum, words)) < LEAST:
        st.info(tr("Give more of the sentence, best all of it."))
        return
    result = trace(desk.project, desk.sources, words, locales=(locale,) if locale else ())
    if not result.found:
        st.info(tr("The ledger holds no wording with these words."))
        for similar in result.similar:
            st.html(f'<div class="m-text m-small" dir="auto">{escape(similar)}</div>')
    for traced in result.found[:_SHOWN]:
        _traced(traced)
    if len(result.found) > _SHOWN:
        st.caption(tr("{count} more are not shown: give more of the sentence.",
                      count=len(result.found) - _SHOWN))  # fmt: skip


def _traced(traced: Traced) -> None:
    settings = office.desk().project.settings
    pair, source = traced.pair, settings.source.locale
    known = pair.locale == source or pair.locale in settings.locales
    name = settings.language(pair.locale).name if known else tr("a former language")
    lines = traced_words(traced, language=name, is_source=pair.locale == source, day="")
    first, *rest = lines
    words = (
        text_html(first, pair.locale)
        if known
        else f'<div class="m-text" dir="auto">{escape(first)}</div>'
    )
    # Sentences of English that may begin with a word of any script.
    said = "".join(f"<div>{escape(line.strip())}</div>" for line in rest if line.strip())
    st.html(f'<div data-testid="traced">{words}<div class="m-finding-row" lang="en" dir="ltr">'
            f"{said}</div></div>")  # fmt: skip
