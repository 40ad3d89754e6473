"""The sentence that is being translated: its source, the editor, and what the checks say of what is
typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from medloc.glossary import GlossaryError
from medloc.index import Line
from medloc.model import Kind, Person, Severity, Span
from medloc.phrases import Phrase, together
from medloc.workflow.comments import Comment
from medloc.workflow.focus import Focus, focus
from medloc.workflow.pieces import pieces
from medloc.workflow.trying import Tried, terms_in, try_wording
from review_app import office
from review_app.reviewing import About, decide, edit
from review_app.session import State, state
from review_app.texts import tr
from review_app.widgets.editor import editor, inserts
from review_app.widgets.suggesting import changes, label, memory, requests, row
from review_app.widgets.talking import back_html, comment_choice
from review_app.widgets.texts import changes_html, language_of, text_html, with_findings

Place = tuple[str, str, str]
_MOST_DRAFTS = 50


def writing(
    found: Focus, line: Line, person: Person, mine: State, *, after: Callable[[], None]
) -> None:
    """Draw it; `after` goes on to the next sentence when the wording was saved."""
    pair = found.pair
    mine.seen.add(pair.hash)
    place = (line.article, line.locale, line.id)
    key = _begin(found, place, mine)
    about = About(*place, mine.base[1], mine.form)
    st.html(_tags(found, line))
    requests(found)
    left, right = st.columns(2)
    with right:
        text = editor(
            key, mine.base[2], language_of(line.locale), on_change=_typed, args=(place, key),
            about=" ".join((person.id, *place, about.pair[:16])),
        )  # fmt: skip
    tried = try_wording(office.desk(), found.article, line.locale, found.translation.message, text)
    with left:
        _source(found, tried)
        st.html(_helps(found))
    with right:
        _verdict(tried)
        if about.pair != pair.hash:
            _conflict(found, text, about, key)
        st.html(back_html(found) or "<span></span>")
        _buttons(found, about, key, after)
    memory(line, key, partial(_put, place))
    changes(found)


def _begin(found: Focus, place: Place, mine: State) -> str:
    """The key of the editor. A form that begins takes up what was typed here and not saved; its
    words are the field's default, for a value that is set may be lost on its way to the browser."""
    if mine.base[0] == mine.form and _key(found, mine) not in st.session_state:
        mine.next_form()  # the page was left and opened again
    if mine.base[0] != mine.form:
        typed = mine.drafts.get(place, (found.pair.hash, found.translation.wording))
        mine.base = (mine.form, *typed)
    return _key(found, mine)


def _key(found: Focus, mine: State) -> str:
    return f"words-{found.translation.message.id}-{mine.form}"


def _typed(place: Place, key: str) -> None:
    """Keep what was typed until it is saved, wherever its writer goes meanwhile."""
    mine = state()
    mine.drafts[place] = (mine.base[1], str(st.session_state.get(key, "")))
    while len(mine.drafts) > _MOST_DRAFTS:
        del mine.drafts[next(iter(mine.drafts))]


def _put(place: Place, text: str) -> None:
    """Other words in the editor, not saved yet."""
    mine = state()
    mine.drafts[place] = (mine.base[1], text)
    mine.next_form()


# --- what is drawn ----------------------------------------------------------------------------


def _tags(found: Focus, line: Line) -> str:
    tags = [line.article, line.section, tr(found.translation.message.kind)]
    tags += [tr(found.verdict.standing.value.replace("_", " "))]
    risk = f'<span class="m-tag m-risk">{escape(tr("high risk"))}</span>'
    notes = "".join(row(note) for note in found.translation.message.notes)
    return (
        f'<div data-testid="focus" data-id="{escape(line.id)}" data-pair="{found.pair.hash}">'
        + "".join(f'<span class="m-tag">{escape(tag)}</span>' for tag in tags)
        + (risk if found.translation.high_risk else "") + f"</div>{notes}"
    )  # fmt: skip


def _source(found: Focus, tried: Tried) -> None:
    locale = office.desk().project.settings.source.locale
    shown = [f for f in tried.findings if f.severity is not Severity.INFO]
    spans = [span for f in shown for span in f.source]
    marks = with_findings(tried.marks[0], _parts(spans, found.pair.source))
    html = label(tr("Source")) + text_html(found.pair.source, locale, marks, test_id="source")
    if found.translation.message.text != found.pair.source:
        html += label(tr("As it is written")) + text_html(found.translation.message.text, locale)
    st.html(html)


def _parts(spans: Sequence[Span], text: str) -> list[Span]:
    """Those that are a part of the text: what is said of the whole (too short, while it is still
    being typed) must not hide the number beside it."""
    return [span for span in spans if span[1] - span[0] < 0.7 * len(text)]


def _helps(found: Focus) -> str:
    """What can be put in: pieces of the source, words of the glossary."""
    language = language_of(found.pair.locale)
    try:
        terms = terms_in(found.pair, office.desk().context(found.pair.locale))
    except GlossaryError:
        terms = ()  # said where the checks speak
    return inserts(pieces(found.translation.message), terms, language) or "<span></span>"


def _verdict(tried: Tried) -> None:
    """What is typed, as readers would see it, and what the rules and the checks say of it."""
    pair = tried.translation.pair
    shown = [f for f in tried.findings if f.severity is not Severity.INFO]
    rows = [row(text, "m-error") for text in (tried.problem, tried.trouble) if text]
    rows += [row(together(Phrase(f.check, {}), f.message, between=": "),
                 "m-error" * (f.severity is Severity.ERROR)) for f in shown]  # fmt: skip
    html = ""
    worth = shown or tried.translation.high_risk or pair.target != tried.translation.wording
    if pair.target.strip() and worth:
        spans = [span for f in shown for span in f.target]
        marks = with_findings(tried.marks[1], _parts(spans, pair.target))
        html = label(tr("As it would be read")) + text_html(pair.target, pair.locale, marks,
                                                            test_id="target")  # fmt: skip
    if not rows and pair.target.strip():
        html += label("✓ " + tr("The checks find nothing in these words."))
    st.html(f'<div data-testid="checked" aria-live="polite">{html}{"".join(rows)}</div>')


def _buttons(found: Focus, about: About, key: str, after: Callable[[], None]) -> None:
    one, two = st.columns([3, 2])
    one.button(tr("Save and go on"), key=f"save-{about.stamp}", type="primary", on_click=_save,
               args=(about, key, after), shortcut="Mod+Enter", width="stretch")  # fmt: skip
    two.button(tr("Save"), key=f"keep-{about.stamp}", on_click=_save, args=(about, key, None),
               shortcut="Mod+Shift+Enter", width="stretch")  # fmt: skip
    with st.popover(tr("Ask or comment"), width="stretch"):
        comment_choice(found, about.stamp)
        words = st.text_area(tr("For the author and the reviewers"), key=f"ask-{about.stamp}")
        st.button(tr("Send"), key=f"send-{about.stamp}", on_click=_comment, args=(about, words))


def _save(about: About, key: str, after: Callable[[], None] | None) -> None:
    """Save exactly what stands in the editor, in place of the words its writer began with."""
    text = str(st.session_state.get(key, ""))
    place = (about.article, about.locale, about.message)
    mine = state()
    line = office.desk().index.line(*place)
    if not text.strip() and (line is None or not line.target):
        mine.said = ("warning", tr("There are no words yet: nothing was saved."))
        return
    mine.drafts[place] = (about.pair, text)
    if not edit(about, text):
        _say_who_was_first(about)
        return
    mine.drafts.pop(place, None)
    is_draft = mine.said[0] == "warning"
    if not text.strip():
        mine.said = ("warning", tr("The words are taken away: the sentence has none now."))
    if after is not None and not is_draft:  # what is wrong is said beside the words it is about
        after()


def _say_who_was_first(about: About) -> None:
    """The other's words are shown beside the editor, not in a line of Markdown."""
    now = focus(office.desk(), about.article, about.locale, about.message)
    if now is None or now.pair.hash != about.pair:
        state().said = ("warning", tr("Not saved yet: the sentence has changed. See below."))


def _comment(about: About, words: str) -> None:
    """Ask or note something; what is being typed is a draft, and stays."""
    chosen = st.session_state.get(f"comment-{about.stamp}") or Comment.NOTE
    decide(Kind.COMMENT, about, reason=words, comment=Comment(chosen))


# --- somebody was first -----------------------------------------------------------------------


def _conflict(found: Focus, text: str, about: About, key: str) -> None:
    pair, wording = found.pair, found.translation.wording
    place = (about.article, about.locale, about.message)
    st.html(
        row(tr("Somebody has changed this while you were writing. Nothing of yours is lost."),
             "m-error")
        + label(tr("It is now")) + text_html(wording, pair.locale, test_id="theirs")
        + label(tr("From theirs to yours")) + changes_html(wording, text, pair.locale)
    )  # fmt: skip
    one, two = st.columns(2)
    one.button(tr("Go on with mine"), key=f"mine-{pair.hash[:12]}-{about.form}", on_click=_go_on,
               args=(about.form, pair.hash, place, key), width="stretch")  # fmt: skip
    two.button(tr("Take theirs"), key=f"theirs-{pair.hash[:12]}-{about.form}", width="stretch",
               on_click=_take, args=(about.form, place))  # fmt: skip


def _go_on(form: str, pair: str, place: Place, key: str) -> None:
    """From here on the writer has seen the other's words, and saving replaces those."""
    mine = state()
    if mine.form == form:
        mine.drafts[place] = (pair, str(st.session_state.get(key, "")))
        mine.said = ("", "")
        mine.next_form()


def _take(form: str, place: Place) -> None:
    mine = state()
    if mine.form == form:
        mine.drafts.pop(place, None)
        mine.said = ("", "")
        mine.next_form()
