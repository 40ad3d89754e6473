"""Translate: what has no words yet, stale ones and rejected ones first; an editor that checks while
somebody types; and files for those who work elsewhere."""

from __future__ import annotations

import streamlit as st

from medloc.index import Line, Query
from medloc.model import Person
from medloc.workflow.focus import focus
from medloc.workflow.returned import may_write
from review_app import office
from review_app.screens import say, screen
from review_app.session import State, current_person, state
from review_app.texts import tr
from review_app.views.translate_files import files_panel, write_brought
from review_app.widgets import editor
from review_app.widgets.names import beginning
from review_app.widgets.suggesting import label
from review_app.widgets.writing import writing

ROWS = 20
_TODO = ("missing", "stale", "changes_requested", "recalled")
_WAITING = ("waiting", "half_approved")
_WORK = {"todo": (_TODO,), "waiting": (_WAITING,), "approved": (("approved",),),
         "all": (_TODO, _WAITING, ("approved",))}  # fmt: skip
_SIGNS = {
    "missing": "○", "stale": "◌", "waiting": "●", "changes_requested": "✎", "half_approved": "◐",
    "approved": "✓", "recalled": "✕",
}  # fmt: skip
_ADDRESS = "medloc-translate-address"
_ALL = ""


def show() -> None:
    """Draw the screen; everything that changes at a press is one fragment."""
    editor.head()
    office.desk().refresh()
    _from_address()
    _screen()


def writable_locales(person: Person) -> list[str]:
    """The locales whose wordings somebody may write, in the order of the settings."""
    desk = office.desk()
    today = desk.clock().date()
    return [name for name in desk.project.settings.locales if may_write(person, name, today)]


@screen
def _screen(person: Person) -> None:
    mine, locales = state(), writable_locales(person)
    if not locales:
        st.info(tr("Nobody has given you a language to translate into: ask for a role in `people` "
                   "of medloc.yaml."))  # fmt: skip
        return
    if mine.locale not in locales:
        mine.locale, mine.message = locales[0], ""
    queries = _queries(mine)
    line = _in_focus(mine, queries)
    with st.container(key="desk"):
        left, right = st.columns([1, 3], gap="medium")
    with left:
        _filters(mine, locales)
        _list(mine, queries, line)
    with right:
        write_brought(person, mine)
        say(*mine.said)
        if mine.work == "files":
            files_panel(mine.locale)
            return
        found = focus(office.desk(), line.article, line.locale, line.id) if line else None
        if line is None or found is None:
            st.info(tr("Nothing here is left to do. Choose other sentences, or another language."))
            return
        writing(found, line, person, mine, after=_next)


def _from_address() -> None:
    """A link to a message: filters come from the address, never who somebody is."""
    asked, mine = st.query_params, state()
    address = tuple(sorted(asked.to_dict().items()))
    if not address or st.session_state.get(_ADDRESS) == address:
        return
    st.session_state[_ADDRESS] = address
    mine.article, mine.locale = asked.get("article", ""), asked.get("locale", "")
    mine.message, mine.at = asked.get("message", ""), (mine.article, mine.locale)
    work = asked.get("work", "todo")
    mine.work = work if work in (*_WORK, "files") else "todo"
    mine.said = ("", "")
    mine.next_form()


# --- which sentences --------------------------------------------------------------------------


def _queries(mine: State) -> list[Query]:
    """The parts of the list, one after the other."""
    return [
        Query(article=mine.article, locale=mine.locale, words=mine.words, standings=standings)
        for standings in _WORK.get(mine.work, (_TODO,))
    ]


def _total(queries: list[Query]) -> int:
    return sum(office.desk().index.count(query) for query in queries)


def _lines(queries: list[Query], limit: int, offset: int) -> list[Line]:
    """Lines of the parts, in their order."""
    index = office.desk().index
    found: list[Line] = []
    for query in queries:
        count = index.count(query)
        if offset < count:
            found += index.lines(query, limit=limit - len(found), offset=offset)
        offset = max(0, offset - count)
        if len(found) == limit:
            break
    return found


def _place(queries: list[Query], line: Line) -> tuple[int, bool]:
    """How many lines stand before a line, and whether it is in the list itself."""
    index, before = office.desk().index, 0
    for query in queries:
        if line.standing in query.standings:
            place = index.place(query, line)
            return before + place, index.lines(query, limit=1, offset=place) == [line]
        before += index.count(query)
    return index.place(queries[0], line), False


def _in_focus(mine: State, queries: list[Query]) -> Line | None:
    if mine.message and mine.at[1] == mine.locale:
        line = office.desk().index.line(*mine.at, mine.message)
        if line is not None:
            return line
    first = _lines(queries, 1, 0)
    if not first:
        return None
    _put_in_focus(mine, first[0])
    return first[0]


def _put_in_focus(mine: State, line: Line) -> None:
    mine.at, mine.message = (line.article, line.locale), line.id
    mine.next_form()


def _filters(mine: State, locales: list[str]) -> None:
    names = {"todo": tr("To do"), "waiting": tr("Waiting"), "approved": tr("Approved"),
             "all": tr("All, what is to do first"),
             "files": tr("Files to take and bring back")}  # fmt: skip
    settings = office.desk().project.settings
    if len(locales) > 1:
        st.selectbox(tr("Language"), locales, index=locales.index(mine.locale), key="t-locale",
                     format_func=lambda name: f"{settings.language(name).name} ({name})",
                     on_change=_changed)  # fmt: skip
    articles = [_ALL, *office.desk().sources.articles]
    st.selectbox(tr("Article"), articles, key="t-article", on_change=_changed,
                 index=articles.index(mine.article) if mine.article in articles else 0,
                 format_func=lambda slug: slug or tr("All articles"))  # fmt: skip
    st.selectbox(tr("Show"), list(names), index=list(names).index(mine.work), key="t-work",
                 format_func=names.__getitem__, on_change=_changed)  # fmt: skip
    if mine.work != "files":
        st.text_input(tr("Words in either text"), value=mine.words, key="t-words",
                      on_change=_changed)  # fmt: skip


def _changed() -> None:
    mine, given = state(), st.session_state
    mine.locale = str(given.get("t-locale", mine.locale))
    mine.article, mine.work = str(given["t-article"]), str(given["t-work"])
    mine.words = str(given.get("t-words", "")).strip()
    mine.message, mine.said = "", ("", "")
    mine.next_form()


# --- the list ---------------------------------------------------------------------------------


def _list(mine: State, queries: list[Query], line: Line | None) -> None:
    if mine.work == "files":
        return
    total = _total(queries)
    place, there = _place(queries, line) if line else (0, False)
    st.html(label(tr("{place} of {total}", place=min(place + 1, total), total=total)))
    for one in _lines(queries, ROWS, place // ROWS * ROWS):
        sign = _SIGNS.get(one.standing, "·") + ("!" if one.errors else "")
        typed = "…" if (one.article, one.locale, one.id) in mine.drafts else ""
        chosen = line is not None and (one.article, one.id) == (line.article, line.id)
        st.button(
            f"{sign}{typed} {beginning(one.source) or '—'}",
            key=f"list-{one.article}-{one.locale}-{one.id}", on_click=_choose, width="stretch",
            args=(one.article, one.locale, one.id), type="primary" if chosen else "tertiary",
        )  # fmt: skip
    back, on = st.columns(2)
    back.button(tr("← Previous"), key="previous", on_click=_step, args=(-1,), shortcut="Alt+K",
                width="stretch", disabled=place == 0)  # fmt: skip
    on.button(tr("Next →"), key="next", on_click=_step, args=(1,), shortcut="Alt+J",
              width="stretch", disabled=place + there >= total)  # fmt: skip


def _choose(article: str, locale: str, message: str) -> None:
    mine = state()
    mine.at, mine.message, mine.said = (article, locale), message, ("", "")
    mine.next_form()


def _step(by: int) -> None:
    state().said = ("", "")
    _go(by)


def _next() -> None:
    """Go on after saving; what became of it stays to be read."""
    _go(1)


def _go(by: int) -> None:
    mine = state()
    line = office.desk().index.line(*mine.at, mine.message)
    if current_person() is None or line is None:
        return
    queries = _queries(mine)
    place, there = _place(queries, line)
    wanted = place + by if there or by < 0 else place  # it has left the list: the next moved up
    found = _lines(queries, 1, max(0, wanted)) or _lines(queries, 1, 0)
    if found:
        _put_in_focus(mine, found[0])
