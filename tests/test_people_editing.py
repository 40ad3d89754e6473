"""The file of people written by a publisher: added, changed, ended, never taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medloc.accounts import Account
from medloc.errors import ConflictError, SettingsError, UsageError
from medloc.model import Person
from medloc.workflow.people_editing import (
    Member,
    OwnEndError,
    known_roles,
    may_edit,
    members,
    people_stamp,
    person_lines,
    set_person,
)
from medloc.workflow.project import Project, open_project
from tests.content import Content

TODAY = dt.date(2026, 3, 1)
SETTINGS = "source: en\nlocales: [es, ar]\npeople: people.yaml\n"
PEOPLE = """\
# Who works here.
people:
  - {id: boss, name: Boss, roles: [publisher]}
  # speaks two dialects
  - id: ana
    name: Ana Ruiz
    roles: [medical]
    locales: [es]
"""
ANA = Person("ana", "Ana Ruiz", ("medical",), ("es",))
BOSS = Person("boss", "Boss", ("publisher",))
NEW = Person("eva", 'Eva: the "first"', ("linguistic", "medical"), ("ar",), "eva@example.org")

Put = Callable[..., bool]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = Content(tmp_path)
    made.write("medloc.yaml", SETTINGS)
    made.write("people.yaml", PEOPLE)
    return made


@pytest.fixture
def project(content: Content) -> Project:
    return open_project(content.root)


@pytest.fixture
def put(project: Project) -> Put:
    def putting(person: Person, **more: object) -> bool:
        options = {"new": False, "expect": people_stamp(project), "actor": BOSS, "today": TODAY}
        return set_person(project, person, **{**options, **more})  # type: ignore[arg-type]

    return putting


def test_somebody_is_added_and_all_others_stay(content: Content, put: Put) -> None:
    assert put(NEW, new=True)
    assert content.read("people.yaml") == PEOPLE + (
        "  # 2026-03-01 added by boss\n"
        '  - id: eva\n    name: "Eva: the \\"first\\""\n    email: "eva@example.org"\n'
        "    roles: [linguistic, medical]\n    locales: [ar]\n"
    )
    people = open_project(content.root).settings.people
    assert people == {"boss": BOSS, "ana": ANA, "eva": NEW}


@pytest.mark.parametrize(
    ("roles", "locales", "may"),
    [
        (("publisher",), (), True),
        (("publisher",), ("en", "es"), True),
        (("publisher",), ("es",), False),  # would else let themselves in as anybody
        (("medical",), (), False),
    ],
)
def test_people_are_for_who_publishes_the_source(
    put: Put, roles: tuple[str, ...], locales: tuple[str, ...], may: bool
) -> None:
    actor = Person("boss", "Boss", roles, locales)
    assert may_edit(actor, "en", TODAY) is may
    if not may:
        with pytest.raises(UsageError, match="no publisher"):
            put(NEW, new=True, actor=actor)


def test_somebody_is_ended_not_taken_out(content: Content, put: Put) -> None:
    ended = replace(ANA, until=dt.date(2026, 2, 28))
    assert put(ended)
    project = open_project(content.root)
    assert project.settings.people == {"boss": BOSS, "ana": ended}
    assert "# speaks two dialects" in content.read("people.yaml")
    account = Account("ana", has_password=True, suspended=False, last_seen="2026-02-01T08:00")
    assert members(project, [account], today=TODAY) == (
        Member(BOSS, "none"),
        Member(ended, "open", "2026-02-01T08:00", ended=True),
    )


def test_nothing_to_change_writes_nothing(content: Content, put: Put) -> None:
    assert not put(ANA)
    assert content.read("people.yaml") == PEOPLE


@pytest.mark.parametrize(
    "change",
    [{"roles": ("medical",)}, {"until": TODAY}, {"until": dt.date(2030, 1, 1)}],
    ids=["role", "today", "later"],
)
def test_own_end_is_confirmed_first(content: Content, put: Put, change: dict[str, object]) -> None:
    me = replace(BOSS, **change)  # type: ignore[arg-type]
    with pytest.raises(OwnEndError):
        put(me)
    assert content.read("people.yaml") == PEOPLE
    assert put(me, confirmed=True)
    assert open_project(content.root).settings.people["boss"] == me


def test_file_changed_meanwhile_is_left_alone(content: Content, put: Put) -> None:
    content.write("people.yaml", PEOPLE + "# hello\n")
    stamp = people_stamp(open_project(content.root))
    content.write("people.yaml", PEOPLE)
    with pytest.raises(ConflictError, match="somebody else"):
        put(replace(ANA, roles=("medical", "editor")), expect=stamp)
    assert content.read("people.yaml") == PEOPLE


@pytest.mark.parametrize(
    ("person", "options", "words"),
    [
        (NEW, {"new": False}, "nobody has"),
        (replace(ANA, name="Another Ana"), {"new": True}, "already"),
        (replace(NEW, id="Eva Ruiz"), {"new": True}, "id"),
        (replace(NEW, locales=("fr",)), {"new": True}, "fr"),
        (NEW, {"new": True, "actor": ANA}, "publisher"),
        (NEW, {"new": True, "actor": replace(BOSS, until=dt.date(2026, 2, 28))}, "publisher"),
    ],
)
def test_what_may_not_be_is_refused(
    content: Content, put: Put, person: Person, options: dict[str, object], words: str
) -> None:
    with pytest.raises((UsageError, SettingsError), match=words):
        put(person, **options)
    assert content.read("people.yaml") == PEOPLE


def test_people_of_the_settings_file_are_shown_as_lines(tmp_path: Path) -> None:
    content = Content(tmp_path)
    content.write("medloc.yaml", "source: en\nlocales: [es]\npeople:\n  - {id: boss}\n")
    project = open_project(tmp_path)
    with pytest.raises(UsageError, match=r"medloc\.yaml"):
        set_person(project, NEW, new=True, expect="", actor=BOSS, today=TODAY)
    assert people_stamp(project) == ""
    assert person_lines(replace(ANA, until=TODAY)) == (
        "  - id: ana\n    name: Ana Ruiz\n    roles: [medical]\n    locales: [es]\n"
        "    until: 2026-03-01"
    )
    assert "terminologist" in known_roles(project)
