"""The two databases that every ledger test runs on, and the drafts they store.

A home gives empty ledgers, and a way past medloc to do what an intruder or an accident would.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from medloc.ledger import Ledger, open_ledger, sqlite
from medloc.model import Draft, Kind
from tests import postgres as real

AT = "2026-03-01T09:30:05Z"
PLACE = {"article": "clonus", "locale": "es", "context": "causes", "source": "Give 5 mg."}
PAIR = {**PLACE, "target": "Administre 5 mg."}


def phrase(number: int, **fields: str) -> Draft:
    """A proposal that differs from its neighbours, with signs that are not ASCII."""
    values = {"event_id": f"event-{number}", "actor": "medical-es", "door": "app:oidc", **PAIR}
    return Draft(
        **{**values, "target": f"Frase {number} “ü” 中 ع", **fields},
        kind=Kind.PROPOSE,
    )


class SQLiteHome:
    """Files in a folder."""

    refused = sqlite3.IntegrityError
    """What the database raises when a trigger refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, name: str = "ledger") -> Ledger:
        return open_ledger(f"sqlite:///{name}.sqlite", base=self.folder)

    def address(self, name: str = "ledger") -> str:
        return f"sqlite:///{self.folder / name}.sqlite"

    def sql(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.folder / "ledger.sqlite")) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    def behind_triggers(self, *statements: str) -> None:
        triggers = [name for name in sqlite.SCHEMA if name != "event"]
        drops = [f"DROP TRIGGER {name}" for name in triggers]
        self.sql(*drops, *statements, *(sqlite.SCHEMA[name] for name in triggers))


class PostgresHome:
    """Databases of the one server of this process."""

    refused = psycopg.errors.RaiseException

    def __init__(self, folder: Path) -> None:
        server = real.server()
        if server is None:
            pytest.skip(real.MISSING)
        self.server = server
        self._addresses: dict[str, str] = {}

    def open(self, name: str = "ledger") -> Ledger:
        return open_ledger(self.address(name), base=Path("unused"))

    def address(self, name: str = "ledger") -> str:
        if name not in self._addresses:
            self._addresses[name] = self.server.database(name)
        return self._addresses[name]

    def sql(self, *statements: str) -> None:
        self.address()
        with self.server.connect("ledger") as connection, connection.transaction():
            connection.execute("SET LOCAL search_path = medloc")
            for statement in statements:
                connection.execute(_translated(statement))

    def behind_triggers(self, *statements: str) -> None:
        triggers = ("event_in_order", "event_unchanged")
        self.sql(
            *(f"ALTER TABLE event DISABLE TRIGGER {name}" for name in triggers),
            *statements,
            *(f"ALTER TABLE event ENABLE ALWAYS TRIGGER {name}" for name in triggers),
        )


def _translated(statement: str) -> str:
    """SQLite's spelling of bytes in PostgreSQL's."""
    statement = re.sub(r"\bx'([0-9a-f]*)'", r"'\\x\1'::bytea", statement)
    replaced = r"convert_to(replace(convert_from(body, 'UTF8'), \1), 'UTF8')"
    return re.sub(r"CAST\(replace\(body, ([^)]*)\) AS BLOB\)", replaced, statement)


Home = SQLiteHome | PostgresHome
HOMES: dict[str, Callable[[Path], Home]] = {"sqlite": SQLiteHome, "postgresql": PostgresHome}


def five(home: Home, name: str = "ledger") -> Ledger:
    """A ledger of five events."""
    return stored(home, *map(phrase, range(1, 6)), name=name)


def stored(home: Home, *drafts: Draft, name: str = "ledger") -> Ledger:
    ledger = home.open(name)
    with ledger.transaction() as tx:
        tx.append(drafts, at=AT)
    return ledger


def test_postgresql_is_there() -> None:
    assert real.server() is not None, real.MISSING
