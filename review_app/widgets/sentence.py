"""A sentence in focus beside its source: marks, findings, what changed, what was said before."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.index import Line
from medloc.model import Event, Severity
from medloc.phrases import Phrase, phrase, together
from medloc.workflow.comments import of_source
from medloc.workflow.focus import Focus
from review_app import office
from review_app.reviewing import look
from review_app.session import state
from review_app.texts import shown, tr
from review_app.widgets.talking import back_html, name_of, talk_html
from review_app.widgets.texts import changes_html, text_html, with_findings

TOLD = "focus"
"""What the texts are by which the sentence in focus is decided on."""


def sentence(found: Focus, line: Line) -> None:
    """Draw it; it counts as looked at when it stays for long enough (`reviewing.look_back`)."""
    pair = found.pair
    source_locale = office.desk().project.settings.source.locale
    state().seen |= {pair.hash, of_source(pair, source_locale).hash}
    look(state(), pair.hash)
    st.html(_tags(found, line))
    shown = [f for f in found.findings if f.severity is not Severity.INFO]
    left, right = st.columns(2)
    with left:
        marks = with_findings(found.marks[0], [span for f in shown for span in f.source])
        st.html(
            _label(tr("Source"))
            + text_html(pair.source, source_locale, marks, test_id="source", told=TOLD)
        )
    with right:
        marks = with_findings(found.marks[1], [span for f in shown for span in f.target])
        words = text_html(
            pair.target, pair.locale, marks, test_id="target", empty=tr("not translated yet"),
            told=TOLD,
        )  # fmt: skip
        st.html(_label(tr("Translation")) + words + back_html(found))
    if talk := talk_html(found):
        st.html(talk)


def remarks(found: Focus) -> None:
    """What the checks and the rules say of it, and what changed since it was last decided on."""
    rows = [_row(text, "m-error") for text in (found.problem, found.trouble) if text]
    if found.verdict.reason:
        rows.append(_row(found.verdict.reason))
    for finding in found.findings:
        if finding.severity is Severity.INFO:
            continue
        accepted = finding.check in found.accepted
        kind = "m-error" if finding.severity is Severity.ERROR and not accepted else ""
        note = phrase("(accepted)") if accepted else ""
        name = together(Phrase(finding.check, {}), note)
        rows.append(_row(together(name, finding.message, between=": "), kind))
    if rows:
        st.html("".join(rows))
    pair, source_locale = found.pair, office.desk().project.settings.source.locale
    if found.earlier:
        with st.expander(tr("What changed since the last approved wording"), expanded=True):
            st.html(changes_html(found.earlier, pair.target, pair.locale))
    if found.old_source:
        with st.expander(tr("What changed since an earlier source was decided on"), expanded=True):
            st.html(changes_html(found.old_source, pair.source, source_locale))
            st.html(changes_html(found.old_target, pair.target, pair.locale))


def history(found: Focus) -> None:
    """What was said of exactly these words, and the same source text elsewhere."""
    if found.events:
        with st.expander(tr("Earlier decisions and comments ({count})", count=len(found.events))):
            st.html("".join(_row(_said(event)) for event in found.events))
    if found.elsewhere:
        with st.expander(
            tr("The same source text elsewhere ({count})", count=len(found.elsewhere))
        ):
            st.html("".join(
                _label(f"{line.article} · {tr(line.standing.replace('_', ' '))}")
                + text_html(line.target, line.locale)
                for line in found.elsewhere
            ))  # fmt: skip


def _tags(found: Focus, line: Line) -> str:
    verdict = found.verdict
    tags = [_tag(line.section)]
    tags += [_tag(tr("high risk"), "m-risk")] if found.translation.high_risk else []
    tags += [_tag(tr(verdict.standing.value.replace("_", " ")))]
    tags += [_tag(tr("wants: {roles}", roles=", ".join(verdict.wanted)))] if verdict.wanted else []
    return (
        f'<div data-testid="focus" data-id="{escape(line.id)}" data-pair="{found.pair.hash}">'
        f"{''.join(tags)}</div>"
    )


def _tag(text: str, kind: str = "") -> str:
    return f'<span class="m-tag {kind}">{escape(text)}</span>'


def _label(text: str) -> str:
    return f'<div class="m-label">{escape(text)}</div>'


def _row(text: str, kind: str = "") -> str:
    return f'<div class="m-finding-row {kind}" dir="auto">{escape(shown(text))}</div>'


def _said(event: Event) -> str:
    draft = event.draft
    words = [event.at[:10], draft.actor, name_of(draft)]
    words += [tr("as {role}", role=draft.role)] if draft.role else []
    words += [f"({tr(draft.category)})"] if draft.category else []
    words += [tr(draft.check)] if draft.check else []
    words += [f"\u2068{draft.reason}\u2069"] if draft.reason else []
    return " · ".join(words)
