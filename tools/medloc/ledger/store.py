"""The ledger in a database: whole, checked reading, and appending in one transaction.

Law: an event that `append` returned is there, unchanged, once, after any crash. Reading uses one
cursor of the database's own driver (SQLAlchemy costs 0.2 s to import and a run that changes nothing
need not pay it); what writes goes through SQLAlchemy Core.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from medloc.errors import ConflictError, LedgerError
from medloc.ledger import postgres, sqlite
from medloc.ledger.bodies import EVENT_ID, write_body
from medloc.ledger.chain import ZERO, Row, follow, followed
from medloc.model import Draft, Event

if TYPE_CHECKING:
    import sqlalchemy as sa

_COLUMNS = ("number", "event_id", "previous", "hash", "body")
_PORTION = 2000
_SETTLE = 5.0
"""Seconds to ask a server that broke off a COMMIT whether it stored the events."""
_TAMPERED = (
    "The ledger was changed by something other than medloc: restore it from a backup, "
    "or `medloc ledger import` an export into a new file."
)


class UncertainError(LedgerError):
    """The connection broke while the database was storing, and it cannot be asked: the events may
    be there or not. Appending them again, with the same event ids, is right in both cases."""


class Place(Protocol):
    """What a module of a database gives: see `sqlite` and `postgres`."""

    name: str

    @property
    def dialect(self) -> str: ...
    @property
    def keeps(self) -> bool: ...
    @property
    def schema(self) -> str | None: ...
    @property
    def table(self) -> str: ...
    @property
    def errors(self) -> type[Exception]: ...
    def exists(self) -> bool: ...
    def open_reading(self) -> Any | None: ...
    def open_writing(self) -> Any: ...
    def hold(self, driver: Any) -> None: ...
    def holds(self, driver: Any) -> bool: ...
    def is_lost(self, driver: Any) -> bool: ...
    def cursor(self, driver: Any) -> Any: ...
    def prepare(self, driver: Any) -> None: ...
    def is_blank(self, driver: Any) -> bool: ...
    def finders(self, driver: Any) -> Mapping[str, str]: ...
    def describe(self, driver: Any) -> Mapping[str, str]: ...
    def trouble(self, error: BaseException) -> LedgerError: ...


def open_ledger(url: str, *, base: Path) -> Ledger:
    """Open the ledger that settings name: `sqlite:///file` with relative paths under `base`, or
    `postgresql+psycopg://user@host/database`.

    Nothing is read or created yet. Raises LedgerError for an address of another kind.
    """
    if url.startswith("postgres"):
        return Ledger(postgres.open_address(url))
    if not url.startswith("sqlite:"):
        raise LedgerError(
            f"the ledger is {url.partition(':')[0]!r}, neither SQLite nor PostgreSQL.",
            path="medloc.yaml",
            advice="Write it like `sqlite:///ledger.sqlite` "
            "or `postgresql+psycopg://user@host/database`.",
        )
    return Ledger(sqlite.open_file(url, base))


class Ledger:
    """An append-only sequence of events; reading opens and closes a connection of
    its own; one that wrote to a server is kept for the next time."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def name(self) -> str:
        """The database as settings write it, for messages."""
        return self._place.name

    def exists(self) -> bool:
        """Whether the database is there; reading it when not gives no events and makes no file."""
        with _in_words(self._place, self._place.errors):
            return self._place.exists()

    def events(self, after: int = 0, *, known: str = "") -> tuple[Event, ...]:
        """Every event with a number above `after`, ascending; raises LedgerError unless the chain
        is whole from event `after` on, which must be there and have the hash `known`, if given."""
        with self._reading() as reader:
            return reader.events(after, known=known)

    def bodies(self) -> tuple[bytes, ...]:
        """Every body, byte for byte, ascending; checked like `events`."""
        with self._reading() as reader:
            return reader.bodies()

    def found(self, field: str, values: Iterable[str]) -> tuple[Event, ...] | None:
        """The events whose bodies have one of `values` in `field` (article, earlier_article, or
        kind: publish, recall, restore, source), ascending; None when only reading all of them would
        tell. Each event is checked by itself, the chain between them is not."""
        with self._reading() as reader:
            return reader.found(field, values)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last event; (0, 64 zeros) when there is none."""
        with self._reading() as reader:
            return reader.head()

    def describe(self) -> Mapping[str, str]:
        """What the database says of itself, in words: version, settings, triggers, rights; nothing
        when it is not there or blank. Raises LedgerError as reading does."""
        with _in_words(self._place, self._place.errors):
            driver = self._place.open_reading()
            if driver is None:
                return {}
            with closing(driver):
                return {} if self._place.is_blank(driver) else self._place.describe(driver)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the ledger alone, read and append; all of it is stored at the end, or nothing.

        The database is created if need be. Raises LedgerError when it cannot be used.
        """
        import sqlalchemy as sa

        place = self._place
        with (
            _in_words(place, sa.exc.SQLAlchemyError, place.errors),
            self._engine.connect() as connection,
        ):
            connection.begin()
            driver: Any = connection.connection.dbapi_connection
            place.hold(driver)
            place.prepare(driver)
            transaction = Transaction(driver, place, connection)
            yield transaction
            self._commit(connection, driver, transaction.fresh)

    @cached_property
    def _engine(self) -> sa.Engine:
        import sqlalchemy as sa

        place = self._place
        if not place.keeps:
            return sa.create_engine(
                place.dialect, creator=place.open_writing, poolclass=sa.pool.NullPool
            )
        # A new connection to a server costs ten times what it then does; a kept one is asked first
        # whether it still stands.
        engine = sa.create_engine(
            place.dialect,
            creator=place.open_writing,
            pool_size=1,
            max_overflow=15,
            pool_pre_ping=True,
        )
        weakref.finalize(self, engine.dispose)
        return engine

    def _commit(self, connection: sa.Connection, driver: Any, fresh: list[Event]) -> None:
        import sqlalchemy as sa

        if not self._place.holds(driver):
            raise LedgerError(
                "the database gave the transaction up: nothing of it was stored.",
                path=self.name,
                advice="Try again.",
            )
        try:
            connection.commit()
        except sa.exc.SQLAlchemyError as error:
            if not fresh or not self._place.is_lost(driver):
                raise
            if not self._has_stored(fresh, error):
                raise LedgerError(
                    f"the connection was lost: {_said(error)}; nothing was stored.",
                    path=self.name,
                    advice="Try again.",
                ) from error

    def _has_stored(self, fresh: list[Event], cause: Exception) -> bool:
        """Ask again whether a broken-off COMMIT stored its events. Holding the ledger first waits
        until the server is done with that COMMIT."""
        end = time.monotonic() + _SETTLE
        while True:
            try:
                with closing(self._place.open_writing()) as driver:
                    self._place.hold(driver)
                    number, hash_ = fresh[-1].number, fresh[-1].hash
                    rows = Reader(driver, self._place).rows(number, number)
                    return bool(rows) and rows[0][3] == hash_
            except self._place.errors as error:
                if time.monotonic() > end:
                    raise _uncertain(self.name, fresh, cause) from error
            time.sleep(0.2)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One connection for many questions; each is answered as the ledger is then."""
        with self._reading() as reader:
            yield reader

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        with _in_words(self._place, self._place.errors):
            driver = self._place.open_reading()
            if driver is None:
                yield Reader(None, self._place)
                return
            with closing(driver):
                blank = self._place.is_blank(driver)
                yield Reader(None if blank else driver, self._place)


class Reader:
    """Reads over one connection of the driver; without a connection there are no events."""

    def __init__(self, driver: Any, place: Place) -> None:
        self._driver = driver
        self._place = place
        self._name = place.name

    def events(self, after: int = 0, *, known: str = "") -> tuple[Event, ...]:
        """As `Ledger.events`."""
        return tuple(self._check(self.rows(after), after, known))

    def bodies(self) -> tuple[bytes, ...]:
        """As `Ledger.bodies`."""
        rows = self.rows()
        self._check(rows, 0, "")
        return tuple(row[-1] for row in rows)

    def found(self, field: str, values: Iterable[str]) -> tuple[Event, ...] | None:
        """As `Ledger.found`."""
        rows = self.rows_found(field, values)
        return None if rows is None else read_rows(rows, name=self._name)

    def rows_found(self, field: str, values: Iterable[str]) -> list[Row] | None:
        """The rows of those events as they stand in the table, for `read_rows`."""
        if self._driver is None:
            return []
        condition = self._place.finders(self._driver).get(field)
        if condition is None:
            return None
        rows = [row for value in values for row in self._select(f"WHERE {condition}", (value,))]
        return sorted(rows, key=lambda row: row[0])

    def head(self) -> tuple[int, str]:
        """As `Ledger.head`; the last event itself is checked."""
        rows = self._select("ORDER BY number DESC LIMIT 1")
        if not rows:
            return 0, ZERO
        last = self._read_alone(rows[0])
        return last.number, last.hash

    def check_count(self) -> None:
        """Raise LedgerError unless as many events are there as the last one's number says: events
        may have been taken out where nobody who reads parts would miss them."""
        last, _ = self.head()
        if not last:
            return
        with closing(self._place.cursor(self._driver)) as cursor:
            cursor.execute(f"SELECT count(*) FROM {self._place.table} WHERE number <= {last:d}")
            [(count,)] = cursor.fetchall()
        if count != last:
            raise self._trouble(last, f"expected {last} events, found {count}: some were removed.")

    def prove(self, after: int = 0, *, known: str = "") -> Iterator[Event]:
        """As `Ledger.events`, one at a time: a ledger of any length in little memory. What comes
        in meanwhile may be among them or not."""
        previous = self._start(self.rows(after, after), after, known)
        while rows := self._select(f"WHERE number > {after:d} ORDER BY number LIMIT {_PORTION:d}"):
            for event in followed(rows, self._trouble, number=after, previous=previous):
                after, previous = event.number, event.hash
                yield event

    def _check(self, rows: list[Row], after: int, known: str) -> list[Event]:
        previous = self._start(rows, after, known)
        return follow(rows[1:] if after else rows, self._trouble, number=after, previous=previous)

    def _start(self, rows: list[Row], after: int, known: str) -> str:
        """The hash of event `after`, which is the first of these rows; zeros before the first."""
        if not after:
            return ZERO
        if not rows or rows[0][0] != after:
            raise self._trouble(after, "expected to be there, found nothing: events were removed.")
        previous = self._read_alone(rows[0]).hash
        if known and previous != known:
            raise self._trouble(after, "expected another: the ledger was replaced.")
        return previous

    def _read_alone(self, row: Row) -> Event:
        """Read a row without the one before it: its number and previous are believed."""
        number, _, previous = row[:3]
        return next(followed([row], self._trouble, number=number - 1, previous=previous))

    def rows(self, first: int = 0, last: int = 2**63 - 1) -> list[Row]:
        """The rows with these numbers as they stand in the table, unchecked."""
        return self._select(f"WHERE number BETWEEN {first:d} AND {last:d} ORDER BY number")

    def _select(self, rest: str, values: Sequence[str] = ()) -> list[Row]:
        if self._driver is None:
            return []
        with closing(self._place.cursor(self._driver)) as cursor:
            question = f"SELECT {', '.join(_COLUMNS)} FROM {self._place.table} {rest}"
            cursor.execute(question, *([values] if values else []))
            rows: list[Row] = cursor.fetchall()
            return rows

    def _trouble(self, number: int, found: str) -> LedgerError:
        return _tampered(self._name, number, found)


def read_rows(rows: Iterable[Row], *, name: str) -> tuple[Event, ...]:
    """Read rows without those between them: each is checked by itself; `name` is the ledger's.

    Any process can do that; it needs no database. Raises LedgerError.
    """
    trouble = partial(_tampered, name)
    return tuple(next(followed([row], trouble, number=row[0] - 1, previous=row[2])) for row in rows)


def _tampered(name: str, number: int, found: str) -> LedgerError:
    return LedgerError(f"event {number}: {found}", path=name, advice=_TAMPERED)


class Transaction(Reader):
    """A reader that holds the ledger alone and may append."""

    def __init__(self, driver: Any, place: Place, connection: sa.Connection) -> None:
        super().__init__(driver, place)
        self._connection = connection
        self.fresh: list[Event] = []
        """What this transaction appended so far."""

    def append(self, drafts: Iterable[Draft], *, at: str) -> tuple[Event, ...]:
        """Append drafts in order, all with the time `at` (see `moment`); one event for each.

        A draft whose event_id is stored already with the same content gives the stored event and
        adds nothing. Raises ConflictError when the content differs, LedgerError for an unfit
        draft.
        """
        wanted = tuple(drafts)
        known = self._stored({draft.event_id for draft in wanted})
        number, previous = self.head()
        fresh: list[tuple[bytes, Event]] = []
        for draft in wanted:
            earlier = known.get(draft.event_id)
            if earlier is None:
                number += 1
                body, event = write_body(draft, number=number, previous=previous, at=at)
                fresh.append((body, event))
                known[draft.event_id], previous = event, event.hash
            elif earlier.draft != draft:
                raise _conflict(earlier, draft, self._name)
        self._insert(fresh)
        return tuple(known[draft.event_id] for draft in wanted)

    def stored(self, event_id: str) -> Event | None:
        """The event that has this id, if there is one."""
        return self._stored({event_id}).get(event_id)

    def extend(self, bodies: Iterable[bytes]) -> tuple[Event, ...]:
        """Append bodies that follow the last event, exactly as they are; returns their events."""
        number, previous = self.head()
        bodies = tuple(bodies)
        events = follow([(b,) for b in bodies], self._trouble, number=number, previous=previous)
        self._insert(list(zip(bodies, events, strict=True)))
        return tuple(events)

    def _insert(self, fresh: list[tuple[bytes, Event]]) -> None:
        if fresh:
            rows = [_row(event, body) for body, event in fresh]
            self._connection.execute(self._table.insert(), rows)
            self.fresh += [event for _, event in fresh]

    def _stored(self, event_ids: set[str]) -> dict[str, Event]:
        import sqlalchemy as sa

        table = self._table
        # No other id was ever stored; `write_body` will say what is wrong with it.
        ids = sorted(i for i in event_ids if isinstance(i, str) and EVENT_ID.fullmatch(i))
        found: dict[str, Event] = {}
        for start in range(0, len(ids), 500):  # databases limit the values of one question
            some = sa.select(table).where(table.c.event_id.in_(ids[start : start + 500]))
            for row in self._connection.execute(some):
                found[row[1]] = self._read_alone(tuple(row))
        return found

    @cached_property
    def _table(self) -> sa.TableClause:
        import sqlalchemy as sa

        table = sa.table("event", schema=self._place.schema)
        for name in _COLUMNS:
            table.append_column(sa.column(name))
        return table


def _row(event: Event, body: bytes) -> dict[str, object]:
    values = (event.number, event.draft.event_id, event.previous, event.hash, body)
    return dict(zip(_COLUMNS, values, strict=True))


def _conflict(earlier: Event, draft: Draft, name: str) -> ConflictError:
    differ = [f for f in Draft.__slots__ if getattr(earlier.draft, f) != getattr(draft, f)]
    return ConflictError(
        f"the event id {draft.event_id!r} is taken by event {earlier.number}, "
        f"which differs in {', '.join(differ)}.",
        path=name,
        advice="Nothing of this command was stored; repeat it with a new event id.",
    )


def _uncertain(name: str, fresh: list[Event], cause: Exception) -> UncertainError:
    ids = ", ".join(event.draft.event_id for event in fresh[:3])
    return UncertainError(
        f"the connection was lost while {len(fresh)} events were being stored "
        f"({ids}{' ...' if len(fresh) > 3 else ''}): {_said(cause)}; they may be there or not.",
        path=name,
        advice="When the server is back, repeat the command with the same event ids: "
        "what is stored already is not stored twice.",
    )


def _said(error: BaseException) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())


@contextmanager
def _in_words(place: Place, *errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise place.trouble(getattr(error, "orig", None) or error) from error
    except UnicodeDecodeError as error:
        # The driver cannot even say what is wrong: its words quote damaged bytes of the file.
        malformed = f"database disk image is malformed ({error.reason})"
        raise place.trouble(ValueError(malformed)) from error
