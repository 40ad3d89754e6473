"""The ledger as history: filters, the chain as it is on the disk, what the site vouches for."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from medloc.ledger import export_lines, open_ledger
from medloc.model import Kind
from medloc.workflow.chronicle import (
    Wanted,
    all_events,
    anchor,
    chain_state,
    choices,
    lines_of,
    select,
)
from medloc.workflow.desk import Desk
from tests.content import Content, approved_project


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    made = approved_project(tmp_path_factory.mktemp("history"))
    made("decide", "recall", "fever", "es", "--as", "publisher", "--reason", "wrong dose")
    assert made("build", "--as", "publisher") in (0, 1)
    return made


@pytest.fixture(scope="module")
def desk(content: Content) -> Desk:
    return Desk(content.root)


def test_fold_gives_every_event_of_the_ledger(desk: Desk, content: Content) -> None:
    ledger = open_ledger("sqlite:///ledger.sqlite", base=content.root)
    assert all_events(desk.decisions) == ledger.events()


def test_filters_narrow_down_newest_first(desk: Desk) -> None:
    events = all_events(desk.decisions)
    day = dt.date.fromisoformat(events[0].at[:10])
    found = select(events, Wanted(kind="approve", person="doctor", locale="es"))
    assert found
    assert {(e.draft.kind, e.draft.actor, e.draft.locale) for e in found} == {
        (Kind.APPROVE, "doctor", "es")
    }
    assert [e.number for e in found] == sorted((e.number for e in found), reverse=True)
    assert select(events, Wanted()) == list(reversed(events))
    assert len(select(events, Wanted(since=day, until=day))) == len(events)
    assert select(events, Wanted(until=day - dt.timedelta(days=1))) == []
    assert select(events, Wanted(since=day + dt.timedelta(days=1))) == []
    assert select(events, Wanted(article="no-such")) == []


def test_choices_are_what_there_is(desk: Desk) -> None:
    found = choices(all_events(desk.decisions))
    assert found.articles == ("fever",)
    assert found.locales == ("ar", "en", "es")
    assert "doctor" in found.people
    assert Kind.RECALL in found.kinds
    assert Kind.WAIVE not in found.kinds


def test_events_are_exported_byte_for_byte(desk: Desk, content: Content) -> None:
    ledger = open_ledger("sqlite:///ledger.sqlite", base=content.root)
    whole = export_lines(ledger)
    every = [event.number for event in all_events(desk.decisions)]
    assert lines_of(desk.project, every) == whole
    assert lines_of(desk.project, [2, 1]) == b"".join(whole.splitlines(keepends=True)[:2])


def test_site_anchors_the_ledger_until_it_says_otherwise(desk: Desk, content: Content) -> None:
    events = all_events(desk.decisions)
    found = anchor(desk.project, events)
    assert found is not None
    assert not found.trouble
    assert 0 < found.count <= len(events)
    assert events[found.count - 1].hash == found.head
    cut = anchor(desk.project, events[: found.count - 1])
    assert cut is not None
    assert f"only {found.count - 1} events" in cut.trouble
    manifest = content.root / "site/manifest.json"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole.replace(found.head.encode(), b"0" * 64))
    other = anchor(desk.project, events)
    assert other is not None
    assert "names the hash 0000" in other.trouble
    manifest.write_bytes(b"{}")
    broken = anchor(desk.project, events)
    assert broken is not None
    assert broken.trouble
    manifest.unlink()
    assert anchor(desk.project, events) is None


def test_chain_is_read_from_the_disk_not_from_memory(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    desk = Desk(content.root)
    head = desk.decisions.head
    assert chain_state(desk.project).count == head
    with sqlite3.connect(content.root / "ledger.sqlite") as file:
        file.execute("DROP TRIGGER event_no_update")
        file.execute("UPDATE event SET body = replace(body, 'doctor', 'nurse1') WHERE number = 5")
    state = chain_state(desk.project)
    assert state.trouble
    assert state.count == 0
