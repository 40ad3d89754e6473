"""People, for publishers: who may do what, and how they get in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from medloc.errors import MedlocError
from medloc.model import Person
from medloc.workflow.people_editing import (
    Member,
    known_roles,
    may_edit,
    members,
    people_file,
    people_stamp,
    person_lines,
    set_person,
)
from review_app import office
from review_app.screens import say, screen
from review_app.session import current_person
from review_app.texts import shown, tr
from review_app.widgets.names import account_names, verbatim
from review_app.widgets.tables import Cell, download, table

_NEW = ""
_SAID, _LINK = "p-said", "p-link"


@screen
def show(person: Person) -> None:
    """Draw the screen; only for publishers."""
    desk = office.desk()
    today = desk.clock().date()
    st.header(tr("People"))
    if not may_edit(person, desk.settings.source.locale, today):
        st.error(tr("This screen is for publishers."))
        return
    project = desk.project
    everybody = members(project, office.accounts().everybody(), today=today)
    say(*st.session_state.pop(_SAID, ("", "")))
    _link(everybody)
    _table(everybody)
    options = [*(one.person.id for one in everybody), _NEW]
    chosen = st.selectbox(
        tr("Person"), options, index=None, key="p-chosen",
        format_func=lambda who: who or tr("Add somebody"),
        placeholder=tr("Choose somebody, or add somebody"),
    )  # fmt: skip
    if chosen is None:
        return
    member = next((one for one in everybody if one.person.id == chosen), None)
    if member is not None:
        _way_in(member, person)
    if people_file(project):
        _form(member, person)
    else:
        _by_hand(member)


def _table(everybody: tuple[Member, ...]) -> None:
    states = account_names()
    columns = [tr("id"), tr("name"), tr("roles"), tr("languages"), tr("last day"), tr("account"),
               tr("last seen"), tr("last link")]  # fmt: skip
    rows: list[list[Cell]] = [
        [m.person.id, m.person.name, ", ".join(m.person.roles),
         ", ".join(m.person.locales) or tr("all"), _last_day(m), states[m.account],
         m.last_seen[:16].replace("T", " "), _given(m)]
        for m in everybody
    ]  # fmt: skip
    table(tr("{count} people", count=len(everybody)), columns, rows)
    download("people", columns, rows)


def _last_day(member: Member) -> str:
    until = member.person.until
    if until is None:
        return ""
    return tr("{day} (ended)", day=until.isoformat()) if member.ended else until.isoformat()


def _given(member: Member) -> str:
    """By whom their last link was given, and whether it was used; moments in UTC."""
    if member.given is None:
        return ""
    giver = member.given.giver or "?"
    made, used = (at[:16].replace("T", " ") for at in (member.given.made, member.given.used))
    if used:
        return tr("by {giver} {made}, used {used}", giver=giver, made=made, used=used)
    return tr("by {giver} {made}, not used", giver=giver, made=made)


# --- how they get in ----------------------------------------------------------------------------


def _link(everybody: tuple[Member, ...]) -> None:
    """A link that was just made: shown once, then only its hash is known."""
    who, token = st.session_state.pop(_LINK, ("", ""))
    member = next((one for one in everybody if one.person.id == who), None)
    if member is None:
        return
    st.success(
        tr("Give this link to {name}. It is shown only now, works once, and for a day; earlier "
           "links are void.", name=verbatim(member.person.name))
    )  # fmt: skip
    here = urlsplit(st.context.url or "http://localhost:8501")
    st.code(f"{here.scheme}://{here.netloc}/link/{token}", language=None, wrap_lines=True)


def _way_in(member: Member, me: Person) -> None:
    who, itself = member.person.id, member.person.id == me.id
    st.subheader(tr("How {name} gets in", name=verbatim(member.person.name)))
    sure = True
    if itself:
        sure = st.checkbox(tr("I mean my own account: I shall be signed out"), key="p-sure")
    left, right = st.columns(2)
    left.button(
        tr("Give a one-time link"), key=f"p-link-{who}", on_click=_give, args=(who,),
        width="stretch", disabled=member.ended,
        help=tr("Their last day has passed: change that first.") if member.ended else None,
    )  # fmt: skip
    right.button(
        tr("Suspend"), key=f"p-suspend-{who}", on_click=_suspend, args=(who,), width="stretch",
        disabled=not sure or member.account == "suspended",
    )  # fmt: skip
    st.caption(tr("Suspending signs them out at once. What they decided stands. A new link opens "
                  "the account again."))  # fmt: skip


def _give(who: str) -> None:
    me = _publisher()
    if me is not None and who in office.desk().project.settings.people:
        st.session_state[_LINK] = (who, office.accounts().add(who, giver=me.id))


def _suspend(who: str) -> None:
    me = _publisher()
    if me is None or (who == me.id and not st.session_state.get("p-sure")):
        return
    office.accounts().suspend(who)
    st.session_state[_SAID] = (
        "success",
        tr("{id} is signed out and cannot sign in.", id=verbatim(who)),
    )


def _publisher() -> Person | None:
    """Who presses, if they are a publisher at this moment; else it is said that they are not."""
    person = current_person()
    desk = office.desk()
    source, today = desk.settings.source.locale, desk.clock().date()
    if person is None or not may_edit(person, source, today):
        st.session_state[_SAID] = ("error", tr("This takes a publisher. Nothing was done."))
        return None
    return person


# --- what they may do ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of one person's form."""

    who: str
    turn: int = 0  # how often it was saved: each time it is another form

    def __getitem__(self, field: str) -> str:
        return f"p-{field}-{self.who}{f'-{self.turn}' if self.turn else ''}"


def _keys_of(who: str) -> _Keys:
    return _Keys(who, int(st.session_state.get(f"p-turn-{who}", 0)))


def _form(member: Member | None, me: Person) -> None:
    """The file as it was when the form was opened is what a change is compared with."""
    person = member.person if member else None
    keys, project = _keys_of(person.id if person else _NEW), office.desk().project
    if keys["roles"] not in st.session_state:
        st.session_state[keys["seen"]] = people_stamp(project)
    st.subheader(tr("Change {id}", id=verbatim(person.id)) if person else tr("Add somebody"))
    with st.form(key=keys["form"]):
        _fields(person, keys)
        if person is not None and person.id == me.id:
            st.checkbox(tr("I mean to give up my own rights as a publisher"), key=keys["own"])
        st.form_submit_button(
            tr("Save"), type="primary", on_click=_save,
            args=(keys, st.session_state.get(keys["seen"], "")),
        )  # fmt: skip
    if person is not None:
        st.caption(tr("Nobody is taken out: what they decided stands under their id. Who leaves "
                      "gets a last day."))  # fmt: skip


def _fields(person: Person | None, keys: _Keys) -> None:
    project = office.desk().project
    if person is None:
        st.text_input(tr("Id (a-z, 0-9, never changed)"), key=keys["id"])
    left, right = st.columns(2)
    left.text_input(tr("Name"), person.name if person else "", key=keys["name"])
    right.text_input(tr("E-mail"), person.email if person else "", key=keys["email"])
    st.multiselect(tr("Roles"), known_roles(project), person.roles if person else (),
                   key=keys["roles"], placeholder=tr("Choose options"))  # fmt: skip
    locales = project.locales(source=True)
    st.multiselect(tr("Languages (none: all)"), locales, person.locales if person else (),
                   key=keys["locales"], placeholder=tr("Choose options"))  # fmt: skip
    st.date_input(tr("Last day (empty: none)"), person.until if person else None,
                  key=keys["until"])  # fmt: skip


def _typed(keys: _Keys) -> Person:
    given = st.session_state
    until = given.get(keys["until"])
    id_ = keys.who or str(given.get(keys["id"], "")).strip()
    return Person(
        id_,
        str(given.get(keys["name"], "")).strip() or id_,
        tuple(given.get(keys["roles"], ())),
        tuple(given.get(keys["locales"], ())),
        str(given.get(keys["email"], "")).strip().lower(),
        until if isinstance(until, dt.date) else None,
    )


def _save(keys: _Keys, seen: str) -> None:
    me, given = _publisher(), st.session_state
    if me is None:
        return
    wanted = _typed(keys)
    if keys != _keys_of(keys.who) or (keys.turn and not wanted.id):  # pressed twice
        given[_SAID] = ("success", tr("Saved."))
        return
    desk = office.desk()
    try:
        set_person(
            desk.project, wanted, new=not keys.who, expect=seen, actor=me,
            today=desk.clock().date(), confirmed=bool(given.get(keys["own"])),
        )  # fmt: skip
    except MedlocError as trouble:
        given[_SAID] = ("error", verbatim(shown(str(trouble))))
        given[keys["seen"]] = people_stamp(desk.project)  # what is shown from now on
        return
    given[_SAID] = ("success", tr("Saved."))
    given[f"p-turn-{keys.who}"] = keys.turn + 1


def _by_hand(member: Member | None) -> None:
    """People of medloc.yaml itself are not written from here: the lines to put there."""
    person = member.person if member else None
    keys = _keys_of(person.id if person else _NEW)
    st.subheader(tr("What {id} may do", id=verbatim(person.id)) if person else tr("Add somebody"))
    st.info(
        tr("`people` stands in medloc.yaml, which the app does not write. Put these lines there, "
           "or move the list into a file of its own (`people: people.yaml`) to change it here.")
    )  # fmt: skip
    _fields(person, keys)
    typed = _typed(keys)
    if typed.id and typed.roles:
        st.code(person_lines(typed), language="yaml", wrap_lines=True)
    else:
        st.caption(tr("Type an id and choose roles: the lines appear here."))
