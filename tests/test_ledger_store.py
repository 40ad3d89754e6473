"""The ledger in its database, SQLite and PostgreSQL alike: what is stored, refused, noticed."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medloc.errors import ConflictError, LedgerError
from medloc.ledger import ZERO
from medloc.ledger.bodies import write_body
from medloc.model import Draft, Kind
from tests.test_ledger import draft
from tests.test_ledger_homes import AT, HOMES, Home, five, phrase


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return HOMES[request.param](tmp_path)


# --- appending ---


def test_appended_events_are_read_back(home: Home) -> None:
    ledger = home.open()
    drafts = [draft(n, kind) for n, kind in enumerate(Kind, 1)]
    with ledger.transaction() as tx:
        events = tx.append(drafts, at=AT)
        assert tx.events() == events
        assert tx.head() == (len(drafts), events[-1].hash)
    assert ledger.events() == events
    assert [event.draft for event in events] == drafts
    assert [event.number for event in events] == list(range(1, len(drafts) + 1))
    assert [event.previous for event in events] == [ZERO, *(e.hash for e in events[:-1])]
    assert ledger.head() == (events[-1].number, events[-1].hash)


def test_events_after_a_number(home: Home) -> None:
    ledger = five(home)
    assert [event.number for event in ledger.events(after=3)] == [4, 5]
    assert ledger.events(after=5) == ()


def test_events_after_a_number_that_is_gone(home: Home) -> None:
    with pytest.raises(LedgerError, match="event 6: expected to be there, found nothing"):
        five(home).events(after=6)
    home.behind_triggers("DELETE FROM event WHERE number = 3")
    with pytest.raises(LedgerError, match="event 3: expected to be there, found nothing"):
        home.open().events(after=3)
    with pytest.raises(LedgerError, match="event 1: expected to be there"):
        home.open("another").events(after=1)


def test_the_same_event_twice_is_stored_once(home: Home) -> None:
    ledger = five(home)
    before = ledger.bodies()
    again = phrase(2)
    with ledger.transaction() as tx:
        events = tx.append([again, again], at="2027-01-01T00:00:00Z")
    assert [event.number for event in events] == [2, 2]
    assert events[0].at == AT
    assert ledger.bodies() == before


def test_the_same_event_twice_in_one_transaction_is_stored_once(home: Home) -> None:
    ledger = home.open()
    with ledger.transaction() as tx:
        events = tx.append([draft(1), draft(2), draft(1)], at=AT)
        more = tx.append([draft(2), draft(3)], at=AT)
    assert [event.number for event in (*events, *more)] == [1, 2, 1, 2, 3]
    assert ledger.head()[0] == 3


@pytest.mark.parametrize("first", [[], [draft(9)]])
def test_an_event_id_with_other_content_stores_nothing(first: list[Draft], home: Home) -> None:
    ledger = five(home)
    before = ledger.bodies()
    wrong = draft(2, target="Otra frase", actor="another")
    with (
        pytest.raises(ConflictError, match=r"'event-2' is taken by event 2.*actor, target"),
        ledger.transaction() as tx,
    ):
        tx.append([*first, wrong], at=AT)
    assert ledger.bodies() == before


def test_more_event_ids_than_one_question_holds(home: Home) -> None:
    ledger = home.open()
    drafts = [draft(n) for n in range(1201)]
    with ledger.transaction() as tx:
        tx.append(drafts, at=AT)
    with ledger.transaction() as tx:
        assert len(tx.append([*drafts, draft(1201)], at=AT)) == 1202
    assert ledger.head()[0] == 1202


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"actor": ""}, "a propose event without actor"),
        ({"category": "style"}, "has no category"),
        ({"target": "a\x00b"}, r"U\+0000"),
        ({"target": "\ud800"}, "surrogates not allowed"),
        ({"event_id": "\ud800"}, "surrogates not allowed"),
        ({"event_id": "É"}, "event_id"),
        ({"event_id": None}, "event_id"),
        ({"target": None}, "Expected `str`, got `null`"),
        ({"locale": 5}, "Expected `str`, got `int`"),
        ({"locale": object()}, "object"),
        ({"kind": "bless"}, "bless"),
    ],
)
def test_unfit_draft_stores_nothing(fields: dict[str, Any], expected: str, home: Home) -> None:
    ledger = home.open()
    with (
        pytest.raises(LedgerError, match=f"cannot be stored: .*{expected}.*Nothing was stored"),
        ledger.transaction() as tx,
    ):
        tx.append([draft(1), replace(draft(2), **fields)], at=AT)
    assert ledger.events() == ()


def test_time_that_is_none_stores_nothing(home: Home) -> None:
    with (
        pytest.raises(LedgerError, match="at is 'yesterday'"),
        home.open().transaction() as tx,
    ):
        tx.append([draft(1)], at="yesterday")
    assert home.open().events() == ()


def test_a_failure_after_appending_stores_nothing(home: Home) -> None:
    ledger = five(home)
    before = ledger.bodies()

    def fail_late() -> None:
        with ledger.transaction() as tx:
            tx.append([draft(9)], at=AT)
            assert tx.head()[0] == 6
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_late()
    assert ledger.bodies() == before


def test_reading_while_another_writes_shows_what_was_stored(home: Home) -> None:
    ledger = five(home)
    with ledger.transaction() as tx:
        tx.append([draft(9)], at=AT)
        assert ledger.head()[0] == 5
    assert ledger.head()[0] == 6


# --- triggers ---

COLUMNS = "(number, event_id, previous, hash, body)"
HASH = hashlib.sha256(b"\0").hexdigest()


@pytest.mark.parametrize("end", ["", "ON CONFLICT DO NOTHING"])
@pytest.mark.parametrize(
    "row",
    [
        f"(2, 'x', (SELECT hash FROM event WHERE number = 5), '{HASH}', x'00')",
        f"(7, 'x', (SELECT hash FROM event WHERE number = 5), '{HASH}', x'00')",
        f"(NULL, 'x', (SELECT hash FROM event WHERE number = 5), '{HASH}', x'00')",
        f"(6, 'x', (SELECT hash FROM event WHERE number = 4), '{HASH}', x'00')",
        f"(6, 'event-2', (SELECT hash FROM event WHERE number = 5), '{HASH}', x'00')",
    ],
)
def test_insert_out_of_order_is_refused(end: str, row: str, home: Home) -> None:
    before = five(home).bodies()
    with pytest.raises(home.refused, match="appended in order"):
        home.sql(f"INSERT INTO event {COLUMNS} VALUES {row} {end}")
    assert home.open().bodies() == before


def test_first_insert_names_no_event_before_it(home: Home) -> None:
    with home.open().transaction():
        pass
    with pytest.raises(home.refused, match="appended in order"):
        home.sql(f"INSERT INTO event {COLUMNS} VALUES (1, 'x', 'y', '{HASH}', x'00')")
    assert home.open().head() == (0, ZERO)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = x'00' WHERE number = 2",
        "UPDATE event SET number = 9",
        "DELETE FROM event WHERE number = 5",
        "DELETE FROM event",
        f"INSERT INTO event {COLUMNS} SELECT * FROM event WHERE number = 2 "
        "AND true ON CONFLICT (number) DO UPDATE SET body = x'00'",
    ],
)
def test_change_and_removal_are_refused(statement: str, home: Home) -> None:
    before = five(home).bodies()
    with pytest.raises(home.refused, match="medloc: events"):
        home.sql(statement)
    assert home.open().bodies() == before


# --- tampering past the triggers ---


def swap(column: str) -> tuple[str, ...]:
    """Statements that exchange a column of rows 2 and 3, past the unique indexes."""
    return (
        f"CREATE TEMP TABLE kept AS SELECT number AS n, {column} AS value FROM event",
        f"UPDATE event SET {column} = {'100' if column == 'number' else 'x'!r} WHERE number = 2",
        f"UPDATE event SET {column} = (SELECT value FROM kept WHERE n = 2) WHERE number = 3",
        f"UPDATE event SET {column} = (SELECT value FROM kept WHERE n = 3) "
        f"WHERE number = {'100' if column == 'number' else '2'}",
    )


TAMPERS = {
    "a word edited": (
        ("UPDATE event SET body = CAST(replace(body, 'Frase 3', 'Frase 9') AS BLOB)",),
        "event 3: .*found",
    ),
    "an actor edited in the last event": (
        ("UPDATE event SET body = CAST(replace(body, 'medical-es', 'x') AS BLOB) WHERE number=5",),
        "event 5: ",
    ),
    "a body emptied": (("UPDATE event SET body = x'' WHERE number = 3",), "event 3: not an event"),
    "a hash edited": ((f"UPDATE event SET hash = '{'a' * 64}' WHERE number=3",), "event 3: .*aaa"),
    "a previous edited": (
        (f"UPDATE event SET previous = '{'a' * 64}' WHERE number = 3",),
        "event 3: .*aaa",
    ),
    "an event id edited": (
        ("UPDATE event SET event_id = 'free' WHERE number = 3",),
        "event 3: .*event-3.*free",
    ),
    "a row in the middle deleted": (
        ("DELETE FROM event WHERE number = 3",),
        "event 3: expected event 3, found event 4",
    ),
    "the first row deleted": (("DELETE FROM event WHERE number = 1",), "event 1: expected event 1"),
    "a row deleted and the rest renumbered": (
        (
            "DELETE FROM event WHERE number = 3",
            "UPDATE event SET number = 3 WHERE number = 4",
            "UPDATE event SET number = 4 WHERE number = 5",
        ),
        "event 3: expected event 3, found event 4",
    ),
    "two bodies swapped": (swap("body"), "event 2: expected event 2, found event 3"),
    "two numbers swapped": (swap("number"), "event 2: expected event 2, found event 3"),
    "two event ids swapped": (swap("event_id"), "event 2: .*event-2.*event-3"),
}


@pytest.mark.parametrize("case", TAMPERS)
def test_tampering_is_seen_when_read(case: str, home: Home) -> None:
    statements, expected = TAMPERS[case]
    ledger = five(home)
    home.behind_triggers(*statements)
    with pytest.raises(LedgerError, match=f"{re.escape(ledger.name)}: {expected}.*backup"):
        ledger.events()
    with pytest.raises(LedgerError, match=expected):
        ledger.bodies()
    with pytest.raises(LedgerError, match=expected), ledger.transaction() as tx:
        tx.events()


def test_a_row_rewritten_whole_is_seen_at_the_next(home: Home) -> None:
    ledger = five(home)
    second = ledger.events()[1]
    body, event = write_body(
        replace(second.draft, target="Falsa"), number=2, previous=second.previous, at=AT
    )
    change = f"UPDATE event SET body = x'{body.hex()}', hash = '{event.hash}' WHERE number = 2"
    home.behind_triggers(change)
    with pytest.raises(LedgerError, match="event 3: expected the hash before it to be"):
        ledger.events()


@pytest.mark.parametrize("first", [1, 3, 5])
def test_a_tail_rewritten_whole_is_seen_by_the_head(first: int, home: Home) -> None:
    ledger = five(home)
    head, known = ledger.head(), ledger.events()
    previous, changes = known[first - 1].previous, []
    for event in known[first - 1 :]:
        said = replace(event.draft, actor="forger")
        body, forged = write_body(said, number=event.number, previous=previous, at=AT)
        changes.append(
            f"UPDATE event SET body = x'{body.hex()}', hash = '{forged.hash}', "
            f"previous = '{previous}' WHERE number = {event.number}"
        )
        previous = forged.hash
    home.behind_triggers(*changes)
    assert [event.draft.actor for event in ledger.events()][first - 1 :] == ["forger"] * (6 - first)
    assert ledger.head()[0] == head[0]
    assert ledger.head() != head


@pytest.mark.parametrize("last", [0, 1, 4])
def test_a_tail_cut_off_is_seen_by_the_head(last: int, home: Home) -> None:
    ledger = five(home)
    head = ledger.head()
    home.behind_triggers(f"DELETE FROM event WHERE number > {last}")
    assert len(ledger.events()) == last
    assert ledger.head() != head
    with pytest.raises(LedgerError, match="event 5: expected to be there"):
        ledger.events(after=5)


def test_nothing_is_appended_to_an_edited_last_event(home: Home) -> None:
    ledger = five(home)
    home.behind_triggers("UPDATE event SET body = x'7b7d' WHERE number = 5")
    with pytest.raises(LedgerError, match="event 5: not an event"), ledger.transaction() as tx:
        tx.append([draft(6)], at=AT)
    with pytest.raises(LedgerError, match="event 5: not an event"):
        ledger.head()
