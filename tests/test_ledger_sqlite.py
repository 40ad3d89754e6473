"""What is SQLite's alone: the file, its settings in force, its table exactly ours."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from medloc.errors import LedgerError
from medloc.ledger import ZERO, Ledger, open_ledger, sqlite
from tests.test_ledger_homes import AT, SQLiteHome, five, phrase

COLUMNS = "(number, event_id, previous, hash, body)"


def opened(folder: Path) -> Ledger:
    return SQLiteHome(folder).open()


def stored(folder: Path) -> Ledger:
    return five(SQLiteHome(folder))


def tamper(folder: Path, *statements: str) -> None:
    SQLiteHome(folder).sql(*statements)


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
        ("mysql://u:secret@h/db", "'mysql', neither SQLite nor PostgreSQL"),
        ("ledger.sqlite", "neither SQLite nor PostgreSQL"),
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


@pytest.mark.parametrize("word", ["OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK"])
@pytest.mark.parametrize(
    "row",
    [
        "(2, 'x', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(NULL, 'x', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(6, 'x', (SELECT hash FROM event WHERE number = 4), 'h', x'00')",
        "(6, 'event-2', (SELECT hash FROM event WHERE number = 5), 'h', x'00')",
        "(6, 'x', (SELECT hash FROM event WHERE number = 5), 'h', 'text')",
    ],
)
def test_insert_of_every_kind_is_refused_out_of_order(word: str, row: str, tmp_path: Path) -> None:
    before = stored(tmp_path).bodies()
    with pytest.raises(sqlite3.IntegrityError, match="appended in order"):
        tamper(tmp_path, f"INSERT {word} INTO event {COLUMNS} VALUES {row}")
    assert opened(tmp_path).bodies() == before


def test_update_that_would_replace_another_row_is_refused(tmp_path: Path) -> None:
    stored(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="events never change"):
        tamper(tmp_path, "UPDATE OR REPLACE event SET number = 1 WHERE number = 2")


@pytest.mark.parametrize(
    ("column", "kind", "expected"),
    [("body", "TEXT", "event 3: the body is str"), ("previous", "BLOB", "event 3: .*b'")],
)
def test_value_of_another_type_is_seen(
    column: str, kind: str, expected: str, tmp_path: Path
) -> None:
    ledger = stored(tmp_path)
    change = f"UPDATE event SET {column} = CAST({column} AS {kind}) WHERE number = 3"
    SQLiteHome(tmp_path).behind_triggers(change)
    with pytest.raises(LedgerError, match=expected):
        ledger.events()


def test_a_transaction_that_the_database_gave_up_is_not_acknowledged(tmp_path: Path) -> None:
    ledger = stored(tmp_path)

    def write() -> None:
        with ledger.transaction() as tx:
            tx.append([phrase(6)], at=AT)
            tx._driver.execute("ROLLBACK")  # as SQLite does by itself when the disk is full

    with pytest.raises(LedgerError, match="gave the transaction up: nothing of it was stored"):
        write()
    assert ledger.head()[0] == 5


@pytest.mark.parametrize(
    ("whole", "damaged"), [(b"CREATE TABLE", b"CREATE \xafABLE"), (b"CREATE TR", b"CREATE \xffR")]
)
def test_damage_that_the_driver_cannot_put_into_words_is_still_said(
    tmp_path: Path, whole: bytes, damaged: bytes
) -> None:
    stored(tmp_path)
    path = tmp_path / "ledger.sqlite"
    data = path.read_bytes()
    assert whole in data
    path.write_bytes(data.replace(whole, damaged, 1))
    with pytest.raises(LedgerError, match=r"cannot be used: .*malformed"):
        opened(tmp_path).events()
