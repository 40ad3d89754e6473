"""The ledger in its database: what may be stored, what is refused, that nothing is ever lost."""

import datetime as dt
import gc
import hashlib
import json
import random
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medloc.errors import ConflictError, LedgerError
from medloc.ledger import ZERO, Ledger, moment, open_ledger, sqlite
from medloc.ledger.bodies import FIELDS, Body, read_body, write_body
from medloc.ledger.chain import follow
from medloc.model import Draft, Kind

AT = "2026-03-01T09:30:05Z"
WRITER = Path(__file__).parent / "fixtures" / "ledger" / "writer.py"
PLACE = {"article": "clonus", "locale": "es", "context": "causes", "source": "Give 5 mg."}
PAIR = {**PLACE, "target": "Administre 5 mg."}
SAMPLES = {
    Kind.SOURCE: {"article": "clonus", "text": "---\ntitle: Clonus\n---\n\tText\n"},
    Kind.PROPOSE: PAIR,
    Kind.APPROVE: {**PAIR, "role": "medical", "meaning": "approved for publication"},
    Kind.WITHDRAW: {**PAIR, "role": "medical"},
    Kind.REQUEST_CHANGES: {
        **PAIR,
        "role": "medical",
        "category": "unsafe",
        "reason": "Dose.\nSee.",
    },
    Kind.COMMENT: {**PLACE, "reason": "Which unit?"},
    Kind.PUBLISH: {"text": "ab" * 32, "meaning": "published"},
}


def draft(number: int = 1, kind: Kind = Kind.PROPOSE, **fields: str) -> Draft:
    values = {"event_id": f"event-{number}", "actor": "medical-es", "door": "app:oidc"}
    return Draft(**{**values, **SAMPLES[kind], **fields}, kind=kind)


def opened(folder: Path) -> Ledger:
    return open_ledger("sqlite:///ledger.sqlite", base=folder)


def stored(folder: Path, count: int = 5) -> Ledger:
    ledger = opened(folder)
    with ledger.transaction() as tx:
        tx.append([draft(n, target=f"Frase {n}") for n in range(1, count + 1)], at=AT)
    return ledger


def spelled(**fields: object) -> bytes:
    """The canonical body of a propose event, some fields of it changed or (None) left out."""
    body: dict[str, object] = {
        "actor": "translator-es",
        "at": AT,
        "door": "app",
        "event_id": "event-1",
        "kind": "propose",
        "number": 1,
        "previous": ZERO,
        **PAIR,
        **fields,
    }
    body = {name: value for name, value in body.items() if value is not None}
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# --- bodies ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_read_as_it_was_written(kind: Kind) -> None:
    said = draft(kind=kind)
    body, event = write_body(said, number=7, previous="0a" * 32, at=AT)
    assert (event.draft, event.number, event.previous, event.at) == (said, 7, "0a" * 32, AT)
    assert event.hash == hashlib.sha256(body).hexdigest()
    assert read_body(body) == event


def test_every_kind_has_a_row_in_the_table_of_fields() -> None:
    assert FIELDS.keys() == set(Kind) == SAMPLES.keys()


def test_fields_of_a_body_stand_in_canonical_order() -> None:
    assert list(Body.__struct_fields__) == sorted(Body.__struct_fields__)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)


@given(source=TEXTS, target=TEXTS, actor=TEXTS, number=st.integers(1, 2**53 - 1))
def test_a_body_is_spelled_as_json_with_sorted_keys(
    source: str, target: str, actor: str, number: int
) -> None:
    said = draft(source=source, target=target + "\n\t", actor=actor)
    body, event = write_body(said, number=number, previous=ZERO, at=AT)
    fields = dict(PAIR, source=source, target=target + "\n\t", actor=actor, number=number)
    assert body == spelled(**{**fields, "door": "app:oidc"})
    assert event.draft == said


REFUSED = {
    "not JSON": (b"{", "not an event"),
    "not an object": (b"[1]", "not an event"),
    "empty": (b"", "not an event"),
    "nested without end": (b"[" * 200_000, "not an event"),
    "nested in a field": (b'{"actor":' + b"[" * 200_000, "not an event"),
    "invalid UTF-8": (spelled().replace(b"mg", b"\xff\xfe"), "not an event.*utf-8"),
    "lone surrogate in bytes": (spelled().replace(b"mg", b"\xed\xa0\x80"), "not an event"),
    "lone surrogate escaped": (spelled().replace(b"mg", b"\\ud800"), "not an event"),
    "byte order mark": (b"\xef\xbb\xbf" + spelled(), "not an event"),
    "duplicate key": (
        spelled().replace(b'"at":', b'"at":"2020-01-01T00:00:00Z","at":'),
        "canonical form: the key at stands 2 times",
    ),
    "white space": (spelled().replace(b":1,", b": 1,"), "canonical form: at byte"),
    "newline at the end": (spelled() + b"\n", "canonical form: at byte"),
    "other order of keys": (
        spelled(number=None)[:-1] + b',"number":1}',
        "canonical form: at byte",
    ),
    "escape that is not needed": (spelled().replace(b"mg", b"m\\u0067"), "canonical form: at byte"),
    "empty field kept": (spelled(role=""), "canonical form: at byte"),
    "float": (spelled().replace(b":1,", b":1.0,"), "not an event|canonical form"),
    "exponent": (spelled().replace(b":1,", b":1e0,"), "not an event|canonical form"),
    "null": (spelled().replace(b":1,", b":null,"), "not an event"),
    "number as text": (spelled(number="1"), "not an event.*Expected `int`"),
    "true for a number": (spelled(number=True), "not an event.*Expected `int`"),
    "text as number": (spelled(actor=5), "not an event.*Expected `str`"),
    "number zero": (spelled(number=0), "not an event"),
    "number beyond exact floats": (spelled(number=2**53), "not an event"),
    "huge number": (spelled().replace(b":1,", b":" + b"9" * 5000 + b","), "not an event"),
    "unknown kind": (spelled(kind="bless"), "not an event.*bless"),
    "unknown field": (spelled(colour="red"), "not an event.*unknown field `colour`"),
    "missing number": (spelled(number=None), "not an event.*number"),
    "missing actor": (spelled(actor=None), "not an event.*actor"),
    "empty actor": (spelled(actor=""), "a propose event without actor"),
    "empty door": (spelled(door=""), "a propose event without door"),
    "missing target": (spelled(target=None), "a propose event without target"),
    "field of another kind": (spelled(category="style"), "a propose event has no category"),
    "text of a source event": (spelled(text="x"), "a propose event has no text"),
    "capital hash": (spelled(previous="A" * 64), "previous is 'A+'"),
    "short hash": (spelled(previous="0" * 63), "previous is '0+'"),
    "event id with a space": (spelled(event_id="a b"), "event_id 'a b'"),
    "event id too long": (spelled(event_id="a" * 101), "event_id 'a+'"),
    "local time": (spelled(at="2026-03-01T09:30:05"), "at is"),
    "day that is none": (spelled(at="2026-02-30T09:30:05Z"), "at is"),
    "Arabic digits in a time": (spelled(at="٢٠٢٦-03-01T09:30:05Z"), "at is"),
    "NUL in a wording": (spelled(target="a\x00"), r"target holds .* U\+0000 at position 2"),
    "CR in a wording": (spelled(target="a\rb"), r"target holds .* U\+000D"),
    "DEL in a source": (spelled(source="\x7f"), r"source holds .* U\+007F"),
    "NEL in a wording": (spelled(target="a\x85"), r"target holds .* U\+0085"),
    "line separator": (spelled(target="a\u2028"), r"target holds .* U\+2028"),
    "paragraph separator": (spelled(target="a\u2029"), r"target holds .* U\+2029"),
    "newline in a name": (spelled(actor="a\nb"), r"actor holds .* U\+000A"),
    "tab in a locale": (spelled(locale="e\ts"), r"locale holds .* U\+0009"),
    "unknown category": (
        spelled(kind="request_changes", category="ugly", reason="x", role="medical"),
        "category 'ugly' is none of unsafe, wrong, style",
    ),
    "request without a reason": (
        spelled(kind="request_changes", category="wrong", role="medical"),
        "a request_changes event without reason",
    ),
    "approval without role and meaning": (spelled(kind="approve"), "without role, meaning"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_body_is_refused(case: str) -> None:
    data, expected = REFUSED[case]
    with pytest.raises(LedgerError, match=f"(?s){expected}"):
        read_body(data)


def test_the_body_the_refused_ones_were_made_from_is_read() -> None:
    assert read_body(spelled()).draft.target == PAIR["target"]


def test_a_departure_from_the_canonical_form_is_pointed_at() -> None:
    with pytest.raises(LedgerError) as caught:
        read_body(b'{ "actor"' + spelled()[8:])
    found, expected = '{ "actor":"translator-es"', '{"actor":"translator-es",'
    assert f"at byte 2 found {found[1:]!r}, expected {expected[1:]!r}" in str(caught.value)


def test_the_largest_number_is_read() -> None:
    assert read_body(spelled(number=2**53 - 1)).number == 2**53 - 1


@pytest.mark.parametrize("on", [True, False])
def test_reading_leaves_the_collector_as_it_was(on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        assert follow([(spelled(),)], lambda number, found: LedgerError(found))
        assert gc.isenabled() == on
    finally:
        (gc.enable if before else gc.disable)()


def test_publish_names_a_manifest_by_its_hash() -> None:
    with pytest.raises(LedgerError, match="SHA-256 of a manifest"):
        write_body(draft(kind=Kind.PUBLISH, text="yes"), number=1, previous=ZERO, at=AT)


def test_moment_of_another_zone_is_spelled_in_utc() -> None:
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert moment(dt.datetime(2026, 3, 1, 15, 0, 5, tzinfo=zone)) == AT


# --- opening -----------------------------------------------------------------------------------


def test_reading_a_ledger_that_is_not_there_makes_no_file(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    assert (ledger.exists(), ledger.events(), ledger.bodies()) == (False, (), ())
    assert ledger.head() == (0, ZERO)
    assert list(tmp_path.iterdir()) == []


def test_reading_does_not_pay_for_what_only_writing_needs(tmp_path: Path) -> None:
    stored(tmp_path)
    program = (
        "import sys, pathlib, medloc.ledger, medloc.standing as s\n"
        "ledger = medloc.ledger.open_ledger('sqlite:///ledger.sqlite', base=pathlib.Path())\n"
        "print(s.fold(ledger.events()).head, 'sqlalchemy' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout == "5 False\n"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql+psycopg://u:secret@h/db", "'postgresql.psycopg', but only SQLite"),
        ("ledger.sqlite", "only SQLite is supported yet"),
        ("sqlite://", "names no file"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:x?mode=memory", "names no file"),
        ("sqlite:///ledger.sqlite?timeout=1", "names no file"),
    ],
)
def test_address_that_cannot_be_a_ledger(url: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=expected) as caught:
        open_ledger(url, base=tmp_path)
    assert "secret" not in str(caught.value)


def test_names_with_signs_of_an_address_are_files(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c%20é"
    folder.mkdir()
    assert len(stored(folder).events()) == 5
    assert [path.name for path in folder.iterdir()] == ["ledger.sqlite"]


def test_address_may_be_absolute(tmp_path: Path) -> None:
    stored(tmp_path)
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", base=Path("elsewhere"))
    assert ledger.head()[0] == 5


def test_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    ledger = open_ledger("sqlite:///gone/ledger.sqlite", base=tmp_path)
    with pytest.raises(LedgerError, match=r"gone/ledger.sqlite: .*folder"), ledger.transaction():
        pass


def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("dear diary\n" * 100)
    with pytest.raises(LedgerError, match=r"ledger.sqlite: .*not a database.*medloc.yaml"):
        opened(tmp_path).events()
    with pytest.raises(LedgerError, match="not a database"), opened(tmp_path).transaction():
        pass


def test_database_of_something_else(tmp_path: Path) -> None:
    tamper(tmp_path, "CREATE TABLE songs (title TEXT)")
    for use in (opened(tmp_path).events, opened(tmp_path).transaction().__enter__):
        with pytest.raises(LedgerError, match=r"ledger.sqlite: .*'event' is missing"):
            use()


def test_table_with_other_columns(tmp_path: Path) -> None:
    tamper(tmp_path, "CREATE TABLE event (number INTEGER)")
    with pytest.raises(LedgerError, match="'event' is not as medloc made it"):
        opened(tmp_path).head()


@pytest.mark.parametrize("name", [name for name in sqlite.SCHEMA if name != "event"])
def test_missing_trigger(name: str, tmp_path: Path) -> None:
    stored(tmp_path)
    tamper(tmp_path, f"DROP TRIGGER {name}")
    with pytest.raises(LedgerError, match=f"{name!r} is missing.*backup"):
        opened(tmp_path).events()


def test_trigger_that_was_weakened(tmp_path: Path) -> None:
    stored(tmp_path)
    tamper(
        tmp_path,
        "DROP TRIGGER event_no_update",
        "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END",
    )
    with pytest.raises(LedgerError, match="'event_no_update' is not as medloc made it"):
        opened(tmp_path).events()


def test_trigger_that_was_added(tmp_path: Path) -> None:
    stored(tmp_path)
    tamper(tmp_path, "CREATE TRIGGER more AFTER INSERT ON event BEGIN SELECT 1; END")
    with pytest.raises(LedgerError, match="'more' was added"):
        opened(tmp_path).events()


def test_a_ledger_in_wal_mode_is_brought_back(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    tamper(tmp_path, "PRAGMA journal_mode = WAL")
    assert len(ledger.events()) == 5
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_ledger_held_in_wal_mode_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    ledger = stored(tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM event").fetchone()
        with pytest.raises(LedgerError, match=r"ledger.sqlite: .*(journal_mode|locked)"):
            ledger.events()


def test_settings_in_force_while_writing(tmp_path: Path) -> None:
    with opened(tmp_path).transaction() as tx:
        found = [
            tx._driver.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "busy_timeout")
        ]
        assert found == ["delete", 3, 30_000]


def test_a_setting_that_is_not_in_force_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = stored(tmp_path)
    monkeypatch.setitem(sqlite._SETTINGS, "journal_mode", ("MEMORY", "delete"))
    with pytest.raises(LedgerError, match=r"ledger.sqlite: journal_mode is 'memory' and could not"):
        ledger.events()


def test_waiting_for_another_writer_ends_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    ledger = stored(tmp_path)
    with (
        ledger.transaction(),
        pytest.raises(LedgerError, match=r"locked.*Another program"),
        ledger.transaction(),
    ):
        pass


# --- appending ---------------------------------------------------------------------------------


def test_appended_events_are_read_back(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
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


def test_events_after_a_number(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    assert [event.number for event in ledger.events(after=3)] == [4, 5]
    assert ledger.events(after=5) == ()


def test_events_after_a_number_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="event 6: expected to be there, found nothing"):
        stored(tmp_path).events(after=6)
    tamper_behind_triggers(tmp_path, "DELETE FROM event WHERE number = 3")
    with pytest.raises(LedgerError, match="event 3: expected to be there, found nothing"):
        opened(tmp_path).events(after=3)
    (tmp_path / "ledger.sqlite").unlink()
    with pytest.raises(LedgerError, match="event 1: expected to be there"):
        opened(tmp_path).events(after=1)


def test_the_same_event_twice_is_stored_once(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    before = ledger.bodies()
    again = draft(2, target="Frase 2")
    with ledger.transaction() as tx:
        events = tx.append([again, again], at="2027-01-01T00:00:00Z")
    assert [event.number for event in events] == [2, 2]
    assert events[0].at == AT
    assert ledger.bodies() == before


def test_the_same_event_twice_in_one_transaction_is_stored_once(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    with ledger.transaction() as tx:
        events = tx.append([draft(1), draft(2), draft(1)], at=AT)
        more = tx.append([draft(2), draft(3)], at=AT)
    assert [event.number for event in (*events, *more)] == [1, 2, 1, 2, 3]
    assert ledger.head()[0] == 3


@pytest.mark.parametrize("first", [[], [draft(9)]])
def test_an_event_id_with_other_content_stores_nothing(first: list[Draft], tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    before = ledger.bodies()
    wrong = draft(2, target="Otra frase", actor="another")
    with (
        pytest.raises(ConflictError, match=r"'event-2' is taken by event 2.*actor, target"),
        ledger.transaction() as tx,
    ):
        tx.append([*first, wrong], at=AT)
    assert ledger.bodies() == before


def test_more_event_ids_than_one_question_holds(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
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
def test_unfit_draft_stores_nothing(fields: dict[str, Any], expected: str, tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    with (
        pytest.raises(LedgerError, match=f"cannot be stored: .*{expected}.*Nothing was stored"),
        ledger.transaction() as tx,
    ):
        tx.append([draft(1), replace(draft(2), **fields)], at=AT)
    assert ledger.events() == ()


def test_time_that_is_none_stores_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(LedgerError, match="at is 'yesterday'"),
        opened(tmp_path).transaction() as tx,
    ):
        tx.append([draft(1)], at="yesterday")
    assert opened(tmp_path).events() == ()


def test_a_failure_after_appending_stores_nothing(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    before = ledger.bodies()

    def fail_late() -> None:
        with ledger.transaction() as tx:
            tx.append([draft(9)], at=AT)
            assert tx.head()[0] == 6
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_late()
    assert ledger.bodies() == before


def test_reading_while_another_writes_shows_what_was_stored(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    with ledger.transaction() as tx:
        tx.append([draft(9)], at=AT)
        assert ledger.head()[0] == 5
    assert ledger.head()[0] == 6


# --- triggers ----------------------------------------------------------------------------------

COLUMNS = "(number, event_id, previous, hash, body)"


@pytest.mark.parametrize("word", ["", "OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK"])
@pytest.mark.parametrize(
    "row",
    [
        "(2, 'x', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(7, 'x', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(NULL, 'x', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(6, 'x', (SELECT hash FROM event WHERE number = 4), 'h', x'00')",
        "(6, 'event-2', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(6, 'x', (SELECT hash FROM event WHERE number = 5), 'h', 'text')",
    ],
)
def test_insert_out_of_order_is_refused(word: str, row: str, tmp_path: Path) -> None:
    before = stored(tmp_path).bodies()
    with pytest.raises(sqlite3.IntegrityError, match="appended in order"):
        tamper(tmp_path, f"INSERT {word} INTO event {COLUMNS} VALUES {row}")
    assert opened(tmp_path).bodies() == before


def test_first_insert_names_no_event_before_it(tmp_path: Path) -> None:
    with opened(tmp_path).transaction():
        pass
    with pytest.raises(sqlite3.IntegrityError, match="appended in order"):
        tamper(tmp_path, f"INSERT INTO event {COLUMNS} VALUES (1, 'x', 'y', 'h', x'00')")
    assert opened(tmp_path).head() == (0, ZERO)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = x'00' WHERE number = 2",
        "UPDATE OR REPLACE event SET number = 1 WHERE number = 2",
        "DELETE FROM event WHERE number = 5",
        "DELETE FROM event",
        f"INSERT INTO event {COLUMNS} SELECT * FROM event WHERE number = 2 "
        "ON CONFLICT (number) DO UPDATE SET body = x'00'",
    ],
)
def test_change_and_removal_are_refused(statement: str, tmp_path: Path) -> None:
    before = stored(tmp_path).bodies()
    with pytest.raises(sqlite3.IntegrityError, match="medloc: events"):
        tamper(tmp_path, statement)
    assert opened(tmp_path).bodies() == before


# --- tampering past the triggers ---------------------------------------------------------------


def tamper(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def tamper_behind_triggers(folder: Path, *statements: str) -> None:
    triggers = [name for name in sqlite.SCHEMA if name != "event"]
    drops = [f"DROP TRIGGER {name}" for name in triggers]
    tamper(folder, *drops, *statements, *(sqlite.SCHEMA[name] for name in triggers))


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
    "a body as text": (
        ("UPDATE event SET body = CAST(body AS TEXT) WHERE number = 3",),
        "event 3: the body is str",
    ),
    "a hash edited": ((f"UPDATE event SET hash = '{'a' * 64}' WHERE number=3",), "event 3: .*aaa"),
    "a previous edited": (
        (f"UPDATE event SET previous = '{'a' * 64}' WHERE number = 3",),
        "event 3: .*aaa",
    ),
    "a previous turned into bytes": (
        ("UPDATE event SET previous = CAST(previous AS BLOB) WHERE number = 5",),
        "event 5: .*b'",
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
def test_tampering_is_seen_when_read(case: str, tmp_path: Path) -> None:
    statements, expected = TAMPERS[case]
    ledger = stored(tmp_path)
    tamper_behind_triggers(tmp_path, *statements)
    with pytest.raises(LedgerError, match=f"ledger.sqlite: {expected}.*backup"):
        ledger.events()
    with pytest.raises(LedgerError, match=expected):
        ledger.bodies()
    with pytest.raises(LedgerError, match=expected), ledger.transaction() as tx:
        tx.events()


def test_a_row_rewritten_whole_is_seen_at_the_next(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    second = ledger.events()[1]
    body, event = write_body(
        replace(second.draft, target="Falsa"), number=2, previous=second.previous, at=AT
    )
    change = f"UPDATE event SET body = x'{body.hex()}', hash = '{event.hash}' WHERE number = 2"
    tamper_behind_triggers(tmp_path, change)
    with pytest.raises(LedgerError, match="event 3: expected the hash before it to be"):
        ledger.events()


@pytest.mark.parametrize("first", [1, 3, 5])
def test_a_tail_rewritten_whole_is_seen_by_the_head(first: int, tmp_path: Path) -> None:
    ledger = stored(tmp_path)
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
    tamper_behind_triggers(tmp_path, *changes)
    assert [event.draft.actor for event in ledger.events()][first - 1 :] == ["forger"] * (6 - first)
    assert ledger.head()[0] == head[0]
    assert ledger.head() != head


@pytest.mark.parametrize("last", [0, 1, 4])
def test_a_tail_cut_off_is_seen_by_the_head(last: int, tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    head = ledger.head()
    tamper_behind_triggers(tmp_path, f"DELETE FROM event WHERE number > {last}")
    assert len(ledger.events()) == last
    assert ledger.head() != head
    with pytest.raises(LedgerError, match="event 5: expected to be there"):
        ledger.events(after=5)


def test_nothing_is_appended_to_an_edited_last_event(tmp_path: Path) -> None:
    ledger = stored(tmp_path)
    tamper_behind_triggers(tmp_path, "UPDATE event SET body = x'7b7d' WHERE number = 5")
    with pytest.raises(LedgerError, match="event 5: not an event"), ledger.transaction() as tx:
        tx.append([draft(6)], at=AT)
    with pytest.raises(LedgerError, match="event 5: not an event"):
        ledger.head()


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10_000), st.integers(1, 255))
def test_any_byte_flipped_in_any_body_is_seen(row: int, position: int, flip: int) -> None:
    rows: list[list[Any]] = []
    previous = ZERO
    for number in range(1, 6):
        body, event = write_body(draft(number), number=number, previous=previous, at=AT)
        rows.append([number, f"event-{number}", previous, event.hash, body])
        previous = event.hash
    flipped = bytearray(rows[row - 1][-1])
    flipped[position % len(flipped)] ^= flip
    rows[row - 1][-1] = bytes(flipped)
    with pytest.raises(LedgerError, match=rf"^{row}: "):
        follow([tuple(r) for r in rows], lambda number, found: LedgerError(f"{number}: {found}"))


# --- many writers, sudden death ----------------------------------------------------------------


def start_writer(folder: Path, name: str, transactions: int, size: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(folder), name, str(transactions), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_four_processes_never_fork_the_chain(tmp_path: Path) -> None:
    writers = [start_writer(tmp_path, f"writer{n}", 50, 1) for n in range(4)]
    said = [writer.communicate(timeout=120) for writer in writers]
    assert [errors for _, errors in said] == [""] * 4
    found = [event.draft.event_id for event in opened(tmp_path).events()]
    assert sorted(found) == sorted(name for output, _ in said for name in output.split())
    assert len(set(found)) == 200


def test_threads_of_one_process_never_fork_the_chain(tmp_path: Path) -> None:
    ledger = opened(tmp_path)

    def write(name: int) -> None:
        for turn in range(10):
            with ledger.transaction() as tx:
                tx.append([draft(name * 100 + turn)], at=AT)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({event.draft.event_id for event in ledger.events()}) == 40


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    chance = random.Random(5)
    acknowledged: list[str] = []
    for turn in range(6):
        writers = [start_writer(tmp_path, f"writer{turn}-{n}", 10_000, 3) for n in range(2)]
        outputs = [writer.stdout for writer in writers if writer.stdout]
        acknowledged.append(outputs[turn % 2].readline().strip())
        for writer in writers:
            threading.Event().wait(chance.random() / 8)
            writer.kill()
        for writer, output in zip(writers, outputs, strict=True):
            lines = output.read().splitlines(keepends=True)
            acknowledged += [line.strip() for line in lines if line.endswith("\n")]
            writer.communicate()
    found = [event.draft.event_id for event in opened(tmp_path).events()]
    assert len(acknowledged) > 12
    assert set(acknowledged) <= set(found)
    transactions = Counter(name.rpartition("-")[0] for name in found)
    assert set(transactions.values()) == {3}
