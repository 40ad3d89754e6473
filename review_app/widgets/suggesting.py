"""What helps to find the words: what others asked for, the same sentence elsewhere, what stood here
before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape

import streamlit as st

from medloc.index import Line
from medloc.model import Event, Kind, Standing
from medloc.workflow.comments import Comment, comment_of
from medloc.workflow.focus import Focus
from medloc.workflow.trying import Suggestion, before_the_edit, suggestions
from review_app import office
from review_app.texts import shown, tr
from review_app.widgets.talking import name_of
from review_app.widgets.texts import changes_html, text_html

_SAID = (Kind.REQUEST_CHANGES, Kind.COMMENT, Kind.RECALL)


def requests(found: Focus) -> None:
    """What others said in this place, of these words or of others that stood here, and what the
    author answered; latest first."""
    said: list[Event] = [
        event
        for events in office.desk().decisions.wordings(found.pair).values()
        for event in events
        if event.draft.kind in _SAID and event.draft.reason
        if comment_of(event.draft) is not Comment.BACK_TRANSLATION
    ]
    said += found.answers
    rows = []
    for event in sorted(said, key=lambda event: -event.number)[:5]:
        draft = event.draft
        what = name_of(draft)
        what += f" ({tr(draft.category)})" if draft.category else ""
        html = row(f"{event.at[:10]} · {draft.actor} · {what}: \u2068{draft.reason}\u2069",
                   "m-error" if draft.kind is not Kind.COMMENT else "")  # fmt: skip
        if draft.target and draft.target not in (found.pair.target, draft.source):
            html += label(tr("Said of:")) + text_html(draft.target, draft.locale)
        rows.append(html)
    if rows:
        st.html(f'<div data-testid="requests">{"".join(rows)}</div>')


def memory(line: Line, key: str, put: Callable[[str], None]) -> None:
    """Words that stand elsewhere; `put` takes those of one of them."""
    desk = office.desk()
    found = _found(str(desk.root), desk.index.meta("head"), line)
    if not found:
        return
    source = office.desk().project.settings.source.locale
    with st.expander(tr("The same or a similar sentence elsewhere"), expanded=not line.target):
        for number, one in enumerate(found):
            what = tr("the same source") if one.same else tr("a similar source")
            standing = tr(one.line.standing.replace("_", " "))
            html = label(f"{one.line.article} · {what} · {standing}")
            html += "" if one.same else changes_html(one.line.source, line.source, source)
            st.html(html + text_html(one.wording, line.locale))
            st.button(tr("Use these words"), key=f"use-{number}-{key}", on_click=put,
                      args=(one.wording,))  # fmt: skip


@lru_cache(maxsize=512)  # asked again after each pause in typing; `head` is the ledger's
def _found(_root: str, _head: str, line: Line) -> tuple[Suggestion, ...]:
    return suggestions(office.desk(), line)


def changes(found: Focus) -> None:
    """Against what was approved last, and what the author changed in the source."""
    pair, source = found.pair, office.desk().project.settings.source.locale
    if found.earlier and found.translation.empty:
        with st.expander(tr("The wording that was approved last"), expanded=True):
            st.html(text_html(found.earlier, pair.locale))
    elif found.earlier:
        with st.expander(tr("What changed since the last approved wording"), expanded=True):
            st.html(changes_html(found.earlier, pair.target, pair.locale))
    old, words = found.old_source, found.old_target
    if not old and found.verdict.standing in (Standing.STALE, Standing.MISSING):
        message = found.translation.message
        old, words = before_the_edit(office.desk().project, pair, message)
    if old:
        with st.expander(tr("What the author changed in the source"), expanded=True):
            st.html(changes_html(old, pair.source, source)
                    + label(tr("The translation of the earlier source"))
                    + text_html(words, pair.locale))  # fmt: skip


def label(text: str) -> str:
    """A small line over a text."""
    return f'<div class="m-label">{escape(text)}</div>'


def row(text: str, kind: str = "") -> str:
    """A remark; `kind` is m-error for what has to be mended."""
    return f'<div class="m-finding-row {kind}" dir="auto">{escape(shown(text))}</div>'
