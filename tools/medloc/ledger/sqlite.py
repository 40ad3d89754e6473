"""Everything that is SQLite's alone: opening, settings, table and triggers, words for its errors.

Another database gets a module with the same public names. WAL is never used: before SQLite 3.51.3
it could corrupt a database, and it splits the ledger into files that are not copied together.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from medloc.errors import LedgerError
from medloc.ledger.chain import ZERO
from medloc.private_file import make_private

Result = TypeVar("Result")
PATIENCE = 30.0
"""Seconds a program waits for another one that is writing."""

_TABLE = """CREATE TABLE event (
  number INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  previous TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  body BLOB NOT NULL
)"""
# INSERT OR REPLACE removes rows without asking the delete trigger: whatever it could collide with
# (number, previous, event_id) is refused before.
_IN_ORDER = f"""CREATE TRIGGER event_in_order BEFORE INSERT ON event
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM event)
  OR NEW.previous IS NOT coalesce(
    (SELECT hash FROM event ORDER BY number DESC LIMIT 1), '{ZERO}')
  OR EXISTS (SELECT 1 FROM event WHERE event_id = NEW.event_id)
  OR typeof(NEW.body) IS NOT 'blob'
BEGIN SELECT RAISE(ABORT, 'medloc: events are appended in order'); END"""
_NO_UPDATE = """CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'medloc: events never change'); END"""
_NO_DELETE = """CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'medloc: events are never deleted'); END"""
SCHEMA = {
    "event": _TABLE,
    "event_in_order": _IN_ORDER,
    "event_no_update": _NO_UPDATE,
    "event_no_delete": _NO_DELETE,
}


def _field(name: str) -> str:
    """A field of the body, as SQLite finds it; nothing in a body that is none."""
    text = "CAST(body AS TEXT)"
    return f"CASE WHEN json_valid({text}) THEN json_extract({text}, '$.{name}') END"


# By these a decision reads what was said of its own article, however long the ledger is. SQLite
# keeps them in step with the bodies: they are no second account. A ledger from before has none
# until the next event is stored.
FINDERS = {
    "article": _field("article"),
    "earlier_article": _field("earlier_article"),
    "kind": _field("kind"),
}
_PARTS = {
    "article": "",
    "earlier_article": f" WHERE {FINDERS['earlier_article']} IS NOT NULL",
    "kind": f" WHERE {FINDERS['kind']} IN ('publish', 'recall', 'restore', 'source')",
}
INDEXES = {
    f"event_by_{name}": f"CREATE INDEX event_by_{name} ON event({FINDERS[name]}){part}"
    for name, part in _PARTS.items()
}
_SETTINGS = {"journal_mode": ("DELETE", "delete"), "synchronous": ("EXTRA", 3)}
_LEVELS = {0: "off", 1: "normal", 2: "full", 3: "extra"}
_ADVICE = {
    "file is not a database": "Set `ledger:` in medloc.yaml to another file, or move it away.",
    "locked": f"Another program kept it busy for {PATIENCE:.0f} seconds: end that one, try again.",
    "unable to open": "Is its folder there, and may you write to it?",
    "readonly": "You may not write to the file or its folder.",
    "full": "Free some disk space, then try again; nothing of this command was stored.",
    "malformed": "The file is damaged: restore it from a backup or an export.",
}


class SQLite:
    """One SQLite file as a place for a ledger; `name` is how messages call it."""

    dialect = "sqlite+pysqlite://"
    keeps = False
    schema = None
    table = "event"

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.errors = sqlite3.Error

    def exists(self) -> bool:
        """Whether there is anything to read."""
        return self.path.exists()

    def open_reading(self) -> sqlite3.Connection | None:
        """Open a connection for reading; None when there is no file."""
        return self._connect(create=False) if self.exists() else None

    def open_writing(self) -> sqlite3.Connection:
        """Open a connection for `hold`, and the file if need be."""
        return self._connect(create=True)

    def hold(self, driver: sqlite3.Connection) -> None:
        """Begin a transaction that has the ledger alone."""
        driver.execute("PRAGMA busy_timeout = 0")
        # A plain BEGIN lets two writers read the same last event.
        _in_turn(lambda: driver.execute("BEGIN IMMEDIATE"))
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")

    def holds(self, driver: sqlite3.Connection) -> bool:
        """Whether the transaction still stands (a full disk ends it, and COMMIT would not say)."""
        return driver.in_transaction

    def is_lost(self, driver: sqlite3.Connection) -> bool:
        """Never: a file has no connection that breaks; what COMMIT refused is not stored."""
        return False

    def cursor(self, driver: sqlite3.Connection) -> sqlite3.Cursor:
        """A cursor that gives bodies as bytes."""
        return driver.cursor()

    def _connect(self, *, create: bool) -> sqlite3.Connection:
        """Open a connection with our settings, proved to be in force; without `create` the file
        must be there. Not read-only: what a killed writer left half done must be rolled back."""
        if create:
            with suppress(OSError):  # SQLite says better what is wrong
                make_private(self.path)
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=0,
            isolation_level=None,
        )
        try:
            for setting, (wanted, shown) in _SETTINGS.items():
                found = _in_turn(partial(_set, connection, setting, wanted))
                if found != shown:
                    raise LedgerError(
                        f"{setting} is {found!r} and could not be set to {shown!r}.",
                        path=self.name,
                        advice="Close every other program that has the file open, then try again.",
                    )
            connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
        except BaseException:
            connection.close()
            raise
        return connection

    def prepare(self, connection: sqlite3.Connection) -> None:
        """Create the table in a database that has none yet, and the indexes of one from before;
        the transaction is the caller's."""
        if self.is_blank(connection):
            for statement in SCHEMA.values():
                connection.execute(statement)
        if not self.finders(connection):
            for name, statement in INDEXES.items():
                connection.execute(f"DROP INDEX IF EXISTS {name}")
                connection.execute(statement)

    def finders(self, connection: sqlite3.Connection) -> Mapping[str, str]:
        """How events are found by a field of their bodies: conditions on `?`, by field; nothing
        when there are no indexes for it."""
        names = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'event'")
        if not INDEXES.keys() <= {name for (name,) in names}:
            return {}
        parts = {name: part.replace(" WHERE ", " AND ") for name, part in _PARTS.items()}
        return {name: f"{FINDERS[name]} = ?{parts[name]}" for name in FINDERS}

    def is_blank(self, connection: sqlite3.Connection) -> bool:
        """Whether nothing was ever created; raises LedgerError unless the table is exactly ours."""
        found = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        )
        if not found:
            return True
        for name, expected in SCHEMA.items():
            if found.get(name) != expected:
                what = "is not as medloc made it" if name in found else "is missing"
                raise self._not_ours(f"{name!r} {what}")
        for name, expected in INDEXES.items():
            if found.get(name, expected) != expected:  # one that leaves events out would hide them
                raise self._not_ours(f"{name!r} is not as medloc made it")
        touching = "SELECT name FROM sqlite_master WHERE tbl_name = 'event' AND sql IS NOT NULL"
        extra = {name for (name,) in connection.execute(touching)} - SCHEMA.keys() - INDEXES.keys()
        if extra:
            raise self._not_ours(f"{min(extra)!r} was added to the table of events")
        return False

    def describe(self, connection: sqlite3.Connection) -> Mapping[str, str]:
        """The settings in force (`_connect` has proved them) and the triggers."""
        [mode] = connection.execute("PRAGMA journal_mode").fetchone()
        [level] = connection.execute("PRAGMA synchronous").fetchone()
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        )
        return {
            "version": sqlite3.sqlite_version,
            "journal_mode": str(mode),
            "synchronous": _LEVELS.get(level, str(level)),
            "triggers": ", ".join(name for (name,) in triggers),
        }

    def trouble(self, error: BaseException) -> LedgerError:
        """Say a database error in words."""
        text = str(error)
        advice = next((advice for sign, advice in _ADVICE.items() if sign in text), "")
        return LedgerError(f"the ledger cannot be used: {text}.", path=self.name, advice=advice)

    def _not_ours(self, found: str) -> LedgerError:
        return LedgerError(
            f"this database is not a whole medloc ledger: {found}.",
            path=self.name,
            advice="Set `ledger:` in medloc.yaml to another file, or restore this one from a "
            "backup or an export (`medloc ledger import` into a new file).",
        )


def _set(connection: sqlite3.Connection, setting: str, wanted: str) -> object:
    connection.execute(f"PRAGMA {setting} = {wanted}")
    return connection.execute(f"PRAGMA {setting}").fetchone()[0]


def _in_turn(action: Callable[[], Result]) -> Result:
    """Do what another writer may block, for `PATIENCE` seconds.

    SQLite's own waiting asks less and less often: of 16 writers who never rest one waited 20
    seconds. Here who waits longer asks more often, which is nearly a queue.
    """
    start = time.monotonic()
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - start
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited > PATIENCE:
                raise
        time.sleep(random.uniform(0.5, 1.5) * 0.016 / (1 + (waited / 0.1) ** 2) + 0.0005)


def open_file(url: str, base: Path) -> SQLite:
    """The place that `sqlite:///path` names, a relative path being under `base`."""
    path = url.removeprefix("sqlite:///")
    if path == url or not path or path.startswith((":", "file:")) or "?" in path:
        raise LedgerError(
            f"the ledger address {url!r} names no file.",
            path="medloc.yaml",
            advice="Write it like `sqlite:///ledger.sqlite`.",
        )
    return SQLite(base / path, path)
