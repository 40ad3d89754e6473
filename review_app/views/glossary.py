"""Glossary: the terms of a locale, where they are used, and adding and changing them."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from medloc.errors import MedlocError
from medloc.model import Person, Term
from medloc.workflow.glossary_editing import (
    EDITORS,
    MOST_USES,
    KnownTerm,
    Use,
    known_terms,
    may_edit,
    set_term,
    uses,
)
from review_app import office
from review_app.screens import say, screen
from review_app.session import current_person
from review_app.texts import shown, tr
from review_app.widgets.names import verbatim
from review_app.widgets.tables import Cell, Words, download, table
from review_app.widgets.texts import language_of, text_html

ROWS = 10
_MOST_CHOICES = 1000
_NEW = ""
_FIELDS = ("term", "accepted", "forbidden", "keep", "note", "reason")
_SAID = "g-said"


@screen
def show(person: Person) -> None:
    """Draw the screen."""
    st.header(tr("Glossary"))
    project = office.desk().project
    locales = list(project.settings.locales)
    if not locales:
        st.info(tr("There are no target languages yet. Name some under `locales` in medloc.yaml."))
        return
    left, right = st.columns([1, 2])
    first = next((la for la in person.locales if la in locales), locales[0])
    asked = st.query_params.get("locale", first)
    locale = left.selectbox(
        tr("Language"), locales, index=locales.index(asked) if asked in locales else 0,
        format_func=lambda la: f"{language_of(la).name} · {la}", key="g-locale",
    )  # fmt: skip
    words = right.text_input(tr("Find"), key="g-words").strip().lower()
    say(*st.session_state.pop(_SAID, ("", "")))
    terms = known_terms(project, locale)
    fitting = [known for known in terms if not words or words in _searched(known.term)]
    _terms(locale, fitting, some=bool(terms))
    editing = may_edit(person, locale, office.desk().clock().date())
    chosen = _choose(locale, fitting, editing=editing)
    known = next((one for one in terms if one.term.term == chosen), None)
    if known is not None:
        _used(locale, known.term.term)
    if not editing:
        st.caption(
            tr("Terms of {locale} are changed by people with one of the roles {roles}.",
               locale=locale, roles=", ".join(EDITORS))
        )  # fmt: skip
    elif known is not None and not known.is_ours:
        st.info(tr("This term comes from {file}: change it where that file comes from.",
                   file=verbatim(known.file)))  # fmt: skip
    elif known is not None or chosen == _NEW:
        _form(locale, known.term if known else None)


def _searched(term: Term) -> str:
    return " ".join((term.term, *term.accepted, *term.forbidden, term.note)).lower()


def _terms(locale: str, fitting: list[KnownTerm], *, some: bool) -> None:
    if not some:
        st.info(tr("There are no terms yet. Add the first one below, or put a glossary.csv or "
                   "glossary.tbx beside the catalogs."))  # fmt: skip
        return
    columns = [tr("term"), tr("accepted"), tr("forbidden"), tr("stays as it is"), tr("note"),
               tr("file")]  # fmt: skip
    rows: list[list[Cell]] = [
        [one.term.term, Words(", ".join(one.term.accepted), locale),
         Words(", ".join(one.term.forbidden), locale), tr("yes") if one.term.keep else "",
         one.term.note, one.file]
        for one in fitting
    ]  # fmt: skip
    table(tr("{count} terms", count=len(fitting)), columns, rows)
    download(f"glossary-{locale}", columns, rows)


def _choose(locale: str, fitting: list[KnownTerm], *, editing: bool) -> str | None:
    names = [known.term.term for known in fitting[:_MOST_CHOICES]]
    options = [*([_NEW] if editing else []), *names]
    asked = st.query_params.get("term", "")
    return st.selectbox(
        tr("Term"),
        options,
        index=options.index(asked) if asked and asked in options else None,
        format_func=lambda name: name or tr("Add a new term"),
        placeholder=tr("Choose a term to see where it is used"),
        key=f"g-term-{locale}",
    )


# --- where it is used ---------------------------------------------------------------------------


def _used(locale: str, term: str) -> None:
    found = uses(office.desk(), locale, term)
    st.subheader(tr("Where it is used"))
    if not found.found:
        st.info(tr("No article names this term."))
        return
    translated = [use for use in found.found if use.line.target]
    lacking = sum(not use.target for use in translated)
    st.write(
        tr("{count} messages name it; {lacking} of their translations have no accepted form; {open}"
           " are not translated.", count=len(found.found), lacking=lacking,
           open=len(found.found) - len(translated))
    )  # fmt: skip
    if found.more:
        st.caption(tr("Only the first {count} messages were looked through.", count=MOST_USES))
    pages = max(1, -(-len(found.found) // ROWS))
    page = 1
    if pages > 1:
        page = int(st.number_input(tr("Page (of {pages})", pages=pages), 1, pages,
                                   key=f"g-page-{locale}-{term}"))  # fmt: skip
    for use in found.found[(page - 1) * ROWS : page * ROWS]:
        _use(locale, use)


def _use(locale: str, use: Use) -> None:
    line = use.line
    address = "review?" + urlencode(
        {"article": line.article, "locale": locale, "message": line.id, "mine": "0"}
    )
    held = tr("has an accepted form") if use.target else tr("has no accepted form")
    state = held if line.target else tr("not translated")
    mark = "" if use.target or not line.target else " m-risk"
    st.html(
        f'<div data-testid="use"><span class="m-tag{mark}">{escape(state)}</span>'
        f'<a href="/{escape(address)}">{escape(line.article)} · {escape(line.section)}</a></div>'
    )
    left, right = st.columns(2)
    source = office.desk().project.settings.source.locale
    left.html(text_html(line.source, source, [(*span, "term") for span in use.source]))
    right.html(text_html(line.target, locale, [(*span, "term") for span in use.target]))


# --- add and change -----------------------------------------------------------------------------


def _form(locale: str, term: Term | None) -> None:
    """What was seen when the form was opened is what the change is compared with, so that nobody
    overwrites what somebody else has written meanwhile; what was typed stays."""
    name = term.term if term else _NEW
    turn = _turn(locale, name)
    keys, seen_key = _keys(locale, name, turn), f"g-seen-{locale}-{name}"
    if keys["reason"] not in st.session_state:
        st.session_state[seen_key] = term
    seen = st.session_state.get(seen_key)
    if seen != term:
        st.warning(tr("This term was changed while you were typing. It is now: {forms}",
                      forms=verbatim(", ".join(term.accepted)) if term else "—"))  # fmt: skip
    side = language_of(locale).direction
    st.subheader(tr("Change the term") if term else tr("Add a term"))
    with st.form(key=f"g-form-{locale}-{name}"), st.container(key=f"wording-{side}"):
        if term is None:
            st.text_input(tr("Term in the source language"), key=keys["term"])
        st.text_area(tr("Accepted forms, one a line; the first is preferred"),
                     "\n".join(term.accepted) if term else "", key=keys["accepted"])  # fmt: skip
        st.text_area(tr("Forbidden forms, one a line"),
                     "\n".join(term.forbidden) if term else "", key=keys["forbidden"])  # fmt: skip
        st.checkbox(tr("The source's own word stays as it is"),
                    value=bool(term and term.keep), key=keys["keep"])  # fmt: skip
        st.text_input(tr("Note for translators"), term.note if term else "", key=keys["note"])
        st.text_input(tr("Reason for the change (kept in the file with your id)"),
                      key=keys["reason"])  # fmt: skip
        st.form_submit_button(tr("Save"), type="primary", on_click=_save,
                              args=(locale, name, seen, turn))  # fmt: skip


def _turn(locale: str, name: str) -> int:
    """How often the form was saved: each time it is another form, empty, and to press the one
    before again does nothing."""
    return int(st.session_state.get(f"g-turn-{locale}-{name}", 0))


def _keys(locale: str, name: str, turn: int) -> dict[str, str]:
    return {field: f"g-{field}-{locale}-{name}{f'-{turn}' if turn else ''}" for field in _FIELDS}


def _save(locale: str, name: str, seen: Term | None, turn: int) -> None:
    person, given = current_person(), st.session_state
    keys = _keys(locale, name, turn)
    blank = turn and not name and not given.get(keys["term"]) and not given.get(keys["accepted"])
    if turn != _turn(locale, name) or blank:  # pressed twice
        given[_SAID] = ("success", tr("Saved."))
        return
    wanted = Term(
        name or str(given.get(keys["term"], "")),
        tuple(str(given[keys["accepted"]]).splitlines()),
        tuple(str(given[keys["forbidden"]]).splitlines()),
        bool(given[keys["keep"]]),
        str(given[keys["note"]]),
    )
    if person is None:
        given[_SAID] = ("error", tr("Your session has ended: sign in again. Nothing was saved."))
        return
    desk = office.desk()
    try:
        set_term(
            desk.project, locale, wanted, reason=str(given[keys["reason"]]), expect=seen,
            actor=person, today=desk.clock().date(),
        )  # fmt: skip
    except MedlocError as trouble:
        given[_SAID] = ("error", verbatim(shown(str(trouble))))
        return
    given[_SAID] = ("success", tr("Saved: {term}", term=verbatim(wanted.term)))
    given[f"g-turn-{locale}-{name}"] = turn + 1
