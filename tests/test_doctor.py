"""`medloc doctor`: what an installation is, and what in it wants a person."""

from __future__ import annotations

import importlib.metadata
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest

from medloc import __version__
from medloc.ledger import bootstrap
from tests.content import SETTINGS, WORDS, Content, approved_project, small_project
from tests.test_ledger_homes import PostgresHome

ROLE = "medloc_doctor_test"


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return small_project(tmp_path)


def findings(content: Content) -> list[tuple[str, str]]:
    """What was found, each with an advice, after making sure of the exit code."""
    report = content.json("doctor")
    assert report["ok"] is (report["findings"] == [])
    assert all(finding["advice"] for finding in report["findings"])
    assert content("doctor") == (0 if report["ok"] else 1)
    return [(finding["check"], finding["found"]) for finding in report["findings"]]


def with_people(content: Content, *lines: str, old: str = "") -> None:
    """Rewrite the settings with more people, or without those whose line holds `old`."""
    kept = [line for line in SETTINGS.splitlines() if not (old and old in line)]
    at = next(i for i, line in enumerate(kept) if line.startswith("policy:"))
    kept[at:at] = [f"  - {line}" for line in lines]
    content.write("medloc.yaml", "\n".join(kept) + "\n")


def test_a_whole_project_is_fine_and_says_what_it_is(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    assert content("build", "--as", "publisher") == 0
    assert content("snapshot") == 0
    report = content.json("doctor")
    versions, ledger = report.pop("versions"), report.pop("ledger")
    assert report == {"ok": True, "ended": [], "doors": ["cli"], "findings": []}
    assert versions["medloc"] == __version__
    assert versions["sqlite"] == sqlite3.sqlite_version
    assert {"python", "babel", "pyromark", "polib", "sqlalchemy", "streamlit"} < versions.keys()
    export = content.read("locales/decisions.jsonl")
    assert re.fullmatch(r"[0-9a-f]{64}", ledger.pop("head"))
    assert ledger == {
        "kind": "SQLite",
        "name": "ledger.sqlite",
        "events": export.count("\n"),
        "version": sqlite3.sqlite_version,
        "journal_mode": "delete",
        "synchronous": "extra",
        "triggers": "event_in_order, event_no_delete, event_no_update",
    }
    with redirect_stdout(StringIO()) as out:
        assert content("doctor") == 0
    assert "ledger synchronous: extra" in out.getvalue()


def test_a_missing_package_is_found(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name in ("polib", "psycopg"):
            raise importlib.metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr("medloc.workflow.doctor.version", version)
    assert findings(content) == [("version", "polib is not installed")]


def test_a_new_project_without_decisions_is_fine(content: Content) -> None:
    assert findings(content) == []
    assert content.json("doctor")["ledger"] == {
        "kind": "SQLite", "name": "ledger.sqlite", "events": 0, "head": "",
    }  # fmt: skip
    assert not (content.root / "ledger.sqlite").exists()


def test_a_ledger_without_its_triggers_is_a_finding_and_the_rest_is_looked_at(
    content: Content,
) -> None:
    content.translate("es", WORDS["es"])
    content("sync", "--as", "writer")
    with closing(sqlite3.connect(content.root / "ledger.sqlite")) as connection:
        connection.execute("DROP TRIGGER event_no_update")
    with_people(content, "{id: nobody, name: Nobody}")
    [ledger, people] = findings(content)
    assert ledger[0] == "ledger"
    assert "'event_no_update' is missing" in ledger[1]
    assert people == ("people", "nobody has no role")


def test_an_export_that_is_ahead_is_to_be_imported(content: Content) -> None:
    content.translate("es", WORDS["es"])
    content("sync", "--as", "writer")
    content("snapshot")
    (content.root / "ledger.sqlite").unlink()
    assert findings(content) == [
        ("ledger", "locales/decisions.jsonl holds 9 events, the ledger 0"),
    ]


def test_roles_that_nobody_holds_are_named_with_their_locales(content: Content) -> None:
    with_people(content, "{id: medical-es, name: M, roles: [medical], locales: [es]}",
                "{id: late, name: L, roles: [medical, linguistic], until: 2020-01-01}",
                old="medical")  # fmt: skip
    assert findings(content) == [("roles", "nobody holds medical for en, ar")]
    assert content.json("doctor")["ended"] == ["late (2020-01-01)"]


def test_one_person_cannot_fill_two_roles(content: Content) -> None:
    with_people(content, "{id: both, name: B, roles: [medical, linguistic], locales: [es, ar]}",
                "{id: other, name: O, roles: [medical], locales: [en, es]}",
                old="{id:")  # fmt: skip
    assert findings(content) == [
        ("roles", "linguistic, medical for ar are held by too few different people"),
    ]


def test_without_a_door_nothing_can_be_approved(content: Content) -> None:
    content.write("medloc.yaml", SETTINGS.replace("doors: [cli]", "doors: []"))
    assert findings(content) == [("policy", "no door is open")]


def test_people_of_the_ledger_who_were_taken_out_of_the_settings(content: Content) -> None:
    content.translate("es", WORDS["es"])
    content("decide", "approve", "fever", "es", "--as", "writer")
    content("sync", "--as", "doctor")
    with_people(content, "{id: w2, name: W, roles: [medical]}", old="id: writer")
    assert findings(content) == [
        ("people", "writer decided in the ledger and is not in `people`"),
    ]


def test_people_with_unknown_locales_stop_everything(content: Content) -> None:
    with_people(content, "{id: x, name: X, roles: [medical], locales: [xx]}")
    code, said = content.say("doctor")
    assert (code, "medloc.yaml:9: people.locales: `xx` is neither" in said) == (2, True)


def test_an_article_that_cannot_be_read_is_a_finding(content: Content) -> None:
    content.write("source_content/fever.md", "no front matter")
    [(check, found)] = findings(content)
    assert (check, found.startswith("source_content/fever.md:1: ")) == ("source", True)


def test_leftovers_of_killed_runs_and_foreign_tools(content: Content) -> None:
    content.translate("es", WORDS["es"])
    left = [
        ".medloc-0123456789abcdef.tmp",
        ".medloc/.medloc-0123456789abcdef.tmp",
        "locales/es/.medloc-0123456789abcdef.tmp",
        "site/.medloc-0123456789abcdef.tmp",
        "site/publishing.json",
        "locales/es/LC_MESSAGES/fever.mo",
        "source_content/.medloc-0123456789abcdef.tmp",
    ]
    orphans = ["locales/es/LC_MESSAGES/gone/old.po", "locales/xx/LC_MESSAGES/fever.po"]
    aside = ["locales/es/LC_MESSAGES/fever.po.damaged-2"]
    for name in (*left, *orphans, *aside):
        content.write(name, "")
    assert sorted(findings(content)) == sorted(
        [("leftover", name) for name in left]
        + [("orphan", name) for name in orphans]
        + [("damaged", name) for name in aside]
    )
    content.write("site/es/fever/proof.json", "{}")
    assert ("leftover", "locales/es/LC_MESSAGES/fever.mo") not in findings(content)
    # An article that cannot be read is not gone.
    content.write("source_content/bad.md", "")
    assert ("orphan", "locales/es/LC_MESSAGES/gone/old.po") not in findings(content)


# --- PostgreSQL ---------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Iterator[PostgresHome]:
    """A server with a role that may do nothing yet."""
    made = PostgresHome(tmp_path)
    with made.server.connect() as owner:
        owner.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 's3cret-clinic'".encode())
    try:
        yield made
    finally:
        with made.server.connect("ledger") as owner, suppress(psycopg.Error):
            owner.execute(f"DROP OWNED BY {ROLE}".encode())
        with made.server.connect() as owner:
            owner.execute(f"DROP ROLE {ROLE}".encode())


def in_postgres(content: Content, address: str) -> dict[str, Any]:
    content.write("medloc.yaml", f"ledger: {address}\n{SETTINGS}")
    report = content.json("doctor")
    assert "s3cret" not in str(report)
    assert isinstance(report, dict)
    return report


def test_a_role_that_may_only_read_and_append_is_fine(content: Content, home: PostgresHome) -> None:
    home.server.database("ledger")
    with home.server.connect("ledger") as owner:
        owner.execute(bootstrap(ROLE).encode())
    address = home.server.address("ledger", user=ROLE, password="s3cret-clinic")
    report = in_postgres(content, address)
    assert (report["ok"], report["ledger"]["rights"]) == (True, "INSERT, SELECT")
    about = report["ledger"]
    assert (
        about
        | {
            "kind": "PostgreSQL",
            "events": 0,
            "isolation_reading": "repeatable read",
            "isolation_writing": "read committed",
            "fsync": "on",
            "synchronous_commit": "on",
            "triggers": "event_in_order, event_unchanged",
            "role": ROLE,
        }
        == about
    )


def test_a_role_that_may_do_more_is_a_finding(content: Content, home: PostgresHome) -> None:
    address = home.address()
    content.write("medloc.yaml", f"ledger: {address}\n{SETTINGS}")
    content.translate("es", WORDS["es"])
    assert content("sync", "--as", "writer") == 0
    report = in_postgres(content, address)
    assert report["ledger"]["events"] == len(WORDS["es"])
    [finding] = report["findings"]
    assert finding["found"].endswith("may also DELETE, TRIGGER, TRUNCATE, UPDATE events")
    assert "medloc ledger bootstrap" in finding["advice"]


def test_glossaries_that_are_not_read_or_unreadable_are_findings(content: Content) -> None:
    content.write("locales/es/glossary.yml", "terms: []\n")
    content.write("locales/ar/glossary.yaml", "terms: [oops\n")
    found = content.json("doctor")["findings"]
    said = [str(one) for one in found if "glossary" in str(one)]
    assert len(said) == 2, said
    assert any("glossary.yml is not read" in one for one in said)
