"""Level "chain": every event of the ledger, or of an export, follows from the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from medloc.errors import LedgerError, UsageError
from medloc.ledger import open_ledger
from medloc.ledger.chain import follow
from medloc.model import Event
from medloc.workflow.project import Project
from medloc.workflow.verify.findings import Level, refute

_DATABASE = b"SQLite format 3\x00"
_EVENT = re.compile(r"event (\d+): (.*)", re.DOTALL)
# Said of a ledger that was changed; any other trouble is the machine's, and refutes nothing.
_CHANGED = re.compile(r"event \d+: |not a whole medloc ledger|malformed|not a database|decode")


@dataclass(frozen=True, slots=True)
class Chain:
    """A ledger whose chain is whole: its name for people, and its events from number 1."""

    name: str
    events: tuple[Event, ...]

    def event(self, number: int) -> Event | None:
        """The event with a number, None when there is none."""
        return self.events[number - 1] if 0 < number <= len(self.events) else None


def read_chain(project: Project | None, file: Path | None) -> Chain:
    """Read the project's ledger, or `file`: a SQLite ledger or a JSON Lines export.

    Raises RefutedError when it was changed, UsageError or LedgerError when it cannot be read.
    """
    if file is None:
        if project is None:
            raise UsageError(
                "there is no project here whose ledger could be read",
                advice="Name a project (medloc --project DIR ...) or a ledger: --ledger FILE.",
            )
        return _database(project.settings.ledger, project.root)
    if not file.is_file():
        raise UsageError("there is no such file", path=file.name, advice="Check --ledger.")
    data = _read(file)
    if data.startswith(_DATABASE):
        return _database(f"sqlite:///{file.name}", file.parent)
    return Chain(file.name, read_export(data, file.name))


def read_export(data: bytes, name: str) -> tuple[Event, ...]:
    """The events of a JSON Lines export; raises RefutedError unless it is exactly one."""
    if data and not data.endswith(b"\n"):
        raise refute(
            Level.CHAIN,
            name,
            event=data.count(b"\n") + 1,
            expected="a line end after the last event",
            found="the end of the file",
        )
    lines = data.split(b"\n")[:-1]
    try:
        events = follow([(line,) for line in lines], lambda n, found: _trouble(n, found))
    except LedgerError as trouble:
        raise _refuted(name, trouble) from None
    numbers: dict[str, int] = {}
    for event in events:
        first = numbers.setdefault(event.draft.event_id, event.number)
        if first != event.number:
            raise refute(
                Level.CHAIN,
                name,
                event=event.number,
                expected="an event id of its own",
                found=f"the id of event {first}",
            )
    return tuple(events)


def _database(url: str, base: Path) -> Chain:
    ledger = open_ledger(url, base=base)
    if not ledger.exists():
        raise UsageError(
            "the ledger is missing", path=ledger.name, advice="Restore it, or name one: --ledger."
        )
    try:
        return Chain(ledger.name, ledger.events())
    except LedgerError as trouble:
        if not _CHANGED.search(trouble.found):
            raise
        raise _refuted(ledger.name, trouble) from None


def _trouble(number: int, found: str) -> LedgerError:
    return LedgerError(f"event {number}: {found}")


def _refuted(name: str, trouble: LedgerError) -> Exception:
    named = _EVENT.match(trouble.found)
    return refute(
        Level.CHAIN,
        name,
        event=int(named[1]) if named else 0,
        expected="a ledger as medloc wrote it, each event naming the hash of the one before",
        found=(named[2] if named else trouble.found).rstrip("."),
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as trouble:
        raise UsageError(
            f"the file cannot be read ({trouble.strerror})", path=file.name, advice="Check it."
        ) from None
