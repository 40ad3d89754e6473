"""Review: a list, the sentence in focus beside its source, and what can be said of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.index import Line, Query
from medloc.model import Event, Kind, Person, Severity
from medloc.workflow.focus import Focus, focus
from review_app import office
from review_app.reviewing import decide, query_of
from review_app.session import State, current_person, state
from review_app.widgets.texts import changes_html, marked, text_html, with_findings

ROWS = 20
_SIGNS = {
    "missing": "○", "stale": "◌", "waiting": "●", "changes_requested": "✎", "half_approved": "◐",
    "approved": "✓", "recalled": "✕",
}  # fmt: skip


def show() -> None:
    """Draw the screen; everything that changes at a press is one fragment."""
    _from_address()
    _screen()


@st.fragment
def _screen() -> None:
    person = current_person()
    if person is None:
        st.rerun()
        return
    mine, desk = state(), office.desk()
    query = query_of(mine, person)
    line = _in_focus(mine, query)
    left, right = st.columns([1, 3], gap="medium")
    with left:
        _list(mine, query, line)
    with right:
        _said(mine)
        if line is None:
            st.info("Nothing here waits for you. Change the filters, or go back to Waiting.")
            return
        try:
            found = focus(desk, line.article, line.locale, line.id)
        except MedlocError as trouble:
            st.error(str(trouble))
            return
        if found is None:
            st.info("This sentence is no more: the article has changed.")
            return
        _sentence(found, line)
        _actions(found, person, mine)
        _history(found)


def _from_address() -> None:
    """A link to a message: filters come from the address, never who somebody is."""
    asked, mine = st.query_params, state()
    address = tuple(sorted(asked.to_dict().items()))
    if not asked or st.session_state.get("medloc-address") == address:
        return
    st.session_state["medloc-address"] = address
    mine.article = asked.get("article", mine.article)
    mine.locale = asked.get("locale", mine.locale)
    mine.message = asked.get("message", "")
    mine.mine = asked.get("mine", "1") != "0"


def _in_focus(mine: State, query: Query) -> Line | None:
    index = office.desk().index
    if mine.message:
        line = index.line(mine.article, mine.locale, mine.message)
        if line is not None:
            return line
    first = index.lines(query, limit=1)
    if not first:
        return None
    _put_in_focus(mine, first[0])
    return first[0]


def _put_in_focus(mine: State, line: Line) -> None:
    mine.article, mine.locale, mine.message = line.article, line.locale, line.id
    mine.next_form()


# --- the list -----------------------------------------------------------------------------------


def _list(mine: State, query: Query, line: Line | None) -> None:
    index = office.desk().index
    total = index.count(query)
    place = index.place(query, line) if line else 0
    offset = place // ROWS * ROWS
    st.caption(f"{min(place + 1, total)} of {total} · {mine.article or 'all'} · {mine.locale}")
    for one in index.lines(query, limit=ROWS, offset=offset):
        sign = _SIGNS.get(one.standing, "·") + ("!" if one.errors else "")
        chosen = line is not None and one.id == line.id
        st.button(
            f"{sign} {_plain(one.source)[:60] or '—'}",
            key=f"list-{one.article}-{one.locale}-{one.id}",
            on_click=_choose,
            args=(one.article, one.locale, one.id),
            type="primary" if chosen else "tertiary",
            width="stretch",
        )
    back, on = st.columns(2)
    back.button("← Previous", key="previous", on_click=_step, args=(-1,), shortcut="K",
                width="stretch", disabled=place == 0)  # fmt: skip
    on.button("Next →", key="next", on_click=_step, args=(1,), shortcut="J", width="stretch",
              disabled=place + 1 >= total)  # fmt: skip


def _plain(text: str) -> str:
    """A label without anything Markdown would read."""
    return "".join(c if c.isalnum() or c in " .,;:%()'’-" else " " for c in text)


def _choose(article: str, locale: str, message: str) -> None:
    mine = state()
    mine.article, mine.locale, mine.message = article, locale, message
    mine.said = ("", "")
    mine.next_form()


def _step(by: int) -> None:
    mine, person = state(), current_person()
    if person is None:
        return
    query, index = query_of(mine, person), office.desk().index
    line = index.line(mine.article, mine.locale, mine.message)
    place = index.place(query, line) if line else 0
    there = line is not None and index.lines(query, limit=1, offset=place)[:1] == [line]
    wanted = place + by if there or by < 0 else place  # it has left the list: the next one moved up
    found = index.lines(query, limit=1, offset=max(0, wanted))
    if found:
        _put_in_focus(mine, found[0])


# --- the sentence -------------------------------------------------------------------------------


def _said(mine: State) -> None:
    kind, words = mine.said
    if words:
        (st.error if kind == "error" else st.success)(words)


def _sentence(found: Focus, line: Line) -> None:
    pair = found.pair
    state().seen.add(pair.hash)
    risk = '<span class="m-tag m-risk">high risk</span>' if found.translation.high_risk else ""
    tags = (
        f'<span class="m-tag">{escape(line.section)}</span>{risk}'
        f'<span class="m-tag">{escape(found.verdict.standing.value.replace("_", " "))}</span>'
    )
    if found.verdict.wanted:
        tags += f'<span class="m-tag">wants: {escape(", ".join(found.verdict.wanted))}</span>'
    st.html(f'<div data-testid="focus" data-id="{escape(line.id)}" data-pair="{pair.hash}">'
            f"{tags}</div>")  # fmt: skip
    left, right = st.columns(2)
    source_locale = office.desk().project.settings.source.locale
    findings = [f for f in found.findings if f.severity is not Severity.INFO]
    with left:
        st.html('<div class="m-label">Source</div>' + text_html(
            pair.source, source_locale,
            with_findings(found.marks[0], [s for f in findings for s in f.source]),
            test_id="source"))  # fmt: skip
    with right:
        st.html('<div class="m-label">Translation</div>' + text_html(
            pair.target, pair.locale,
            with_findings(found.marks[1], [s for f in findings for s in f.target]),
            test_id="target", empty="not translated yet"))  # fmt: skip
    _remarks(found)


def _remarks(found: Focus) -> None:
    for text in (found.problem, found.trouble, found.verdict.reason):
        if text:
            st.html(f'<div class="m-finding-row m-error">{escape(text)}</div>')
    for finding in found.findings:
        if finding.severity is Severity.INFO:
            continue
        waived = " (accepted)" if finding.check in found.accepted else ""
        kind = " m-error" if finding.severity is Severity.ERROR and not waived else ""
        st.html(f'<div class="m-finding-row{kind}"><b>{escape(finding.check)}</b>{waived}: '
                f"{marked(finding.message, ())}</div>")  # fmt: skip
    pair = found.pair
    if found.earlier:
        with st.expander("What changed since the last approved wording", expanded=True):
            st.html(changes_html(found.earlier, pair.target, pair.locale))
    if found.old_source:
        with st.expander("What changed in the source since it was last decided on", expanded=True):
            source_locale = office.desk().project.settings.source.locale
            st.html(changes_html(found.old_source, pair.source, source_locale))
            st.html(changes_html(found.old_target, pair.target, pair.locale))


# --- what can be said ---------------------------------------------------------------------------


def _actions(found: Focus, person: Person, mine: State) -> None:
    pair, id_ = found.pair, found.translation.message.id
    about = (pair.article, pair.locale, id_, pair.hash, mine.form)
    stamp = f"{id_}-{pair.hash[:12]}-{mine.form}"
    one, two, three, four = st.columns(4)
    one.button("Approve for publication", key=f"approve-{stamp}", type="primary", shortcut="A",
               on_click=_approve, args=about, width="stretch",
               disabled=found.translation.empty)  # fmt: skip
    for column, name, label, key in (
        (two, "request", "Request changes", "X"),
        (three, "comment", "Comment", "M"),
    ):
        column.button(label, key=f"{name}-{stamp}", on_click=_ask, args=(name,), shortcut=key,
                      width="stretch")  # fmt: skip
    mine_before = found.history.latest.get(person.id)
    four.button("Withdraw my decision", key=f"withdraw-{stamp}", on_click=_withdraw, args=about,
                width="stretch", shortcut="U",
                disabled=mine_before is None
                or mine_before.draft.kind is Kind.WITHDRAW)  # fmt: skip
    if mine.asking in ("request", "comment"):
        _note_form(about, stamp, mine.asking)


def _approve(*about: str) -> None:
    if decide(Kind.APPROVE, *about):
        _step(1)


def _withdraw(*about: str) -> None:
    decide(Kind.WITHDRAW, *about)


def _ask(name: str) -> None:
    state().asking = name


def _note_form(about: tuple[str, str, str, str, str], stamp: str, asking: str) -> None:
    with st.form(key=f"note-{stamp}"):
        category = "wrong"
        if asking == "request":
            category = st.radio("Class", ["wrong", "unsafe", "style"], horizontal=True)
        note = st.text_area("Why" if asking == "request" else "Note", key=f"text-{stamp}")
        sent = st.form_submit_button("Send", type="primary")
    if sent:
        kind = Kind.REQUEST_CHANGES if asking == "request" else Kind.COMMENT
        if decide(kind, *about, reason=note, category=category):
            _step(1)
        st.rerun(scope="fragment")


# --- what was said ------------------------------------------------------------------------------


def _history(found: Focus) -> None:
    if found.events:
        with st.expander(f"Earlier decisions and comments ({len(found.events)})"):
            for event in found.events:
                st.html(_event_html(event))
    if found.elsewhere:
        with st.expander(f"The same source text elsewhere ({len(found.elsewhere)})"):
            for line in found.elsewhere:
                st.html(text_html(line.target, line.locale))


def _event_html(event: Event) -> str:
    draft = event.draft
    words = [f"{event.at[:10]} · {draft.actor} · {draft.kind.value.replace('_', ' ')}"]
    words += [f"as {draft.role}"] if draft.role else []
    words += [draft.reason] if draft.reason else []
    return f'<div class="m-finding-row">{escape(" · ".join(words))}</div>'
