"""The ledger as JSON Lines: every body, byte for byte, one a line, LF at the end of each.

Law: importing what was exported gives the same bytes again; an import only ever makes a ledger
longer, by what already follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from medloc.errors import LedgerError
from medloc.ledger.chain import follow
from medloc.ledger.store import Ledger
from medloc.model import Event

SHOWN = 3
"""How many events of each tail a ForkError prints."""


class ForkError(LedgerError):
    """Two ledgers went different ways after event `ancestor` (0: from the start).

    `ours` are the events of this ledger after it, `theirs` those of the file.
    """

    ancestor: int = 0
    ours: tuple[Event, ...] = ()
    theirs: tuple[Event, ...] = ()


def export_lines(ledger: Ledger) -> bytes:
    """The whole ledger as JSON Lines; raises LedgerError unless its chain is whole."""
    return b"".join(body + b"\n" for body in ledger.bodies())


def import_lines(
    ledger: Ledger, data: bytes, *, path: str, known_people: Callable[[Event], str]
) -> tuple[Event, ...]:
    """Append what `data` has beyond the ledger, verbatim, in one transaction; returns those events.

    A file that the ledger already holds from its start gives (). `known_people` is asked about each
    new event and answers with a problem, or "". Raises ForkError when file and ledger differ in an
    event both have, LedgerError with `path` and line for everything else that is off.
    """
    lines = _split(data, path)
    theirs = follow([(line,) for line in lines], lambda n, found: _trouble(path, n, found))
    _refuse_twice(theirs, path)
    if not lines:
        return ()
    with ledger.transaction() as tx:
        ours = tx.bodies()
        common = _common(ours, lines)
        if common < min(len(ours), len(lines)):
            raise _fork(path, tx.events()[common:], tuple(theirs[common:]), common)
        for event in theirs[common:]:
            problem = known_people(event)
            if problem:
                raise _trouble(path, event.number, problem)
        return tx.extend(lines[common:])


def check_lines(ledger: Ledger, data: bytes, *, path: str) -> int:
    """Prove that an export is the beginning of the ledger, or the ledger of it; returns the events
    of the export. Raises ForkError when they differ, LedgerError when the export is not whole."""
    lines = _split(data, path)
    theirs = follow([(line,) for line in lines], lambda n, found: _trouble(path, n, found))
    ours = ledger.bodies()
    common = _common(ours, lines)
    if common < min(len(ours), len(lines)):
        raise _fork(path, ledger.events()[common:], tuple(theirs[common:]), common)
    return len(lines)


def _split(data: bytes, path: str) -> list[bytes]:
    if data.startswith(b"\xef\xbb\xbf"):
        raise _trouble(path, 1, "found a byte order mark, expected an event.")
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        if line.endswith(b"\r"):
            raise _trouble(path, number, "found a CRLF line end, expected LF.")
        if not line:
            raise _trouble(path, number, "found an empty line, expected an event.")
    return lines


def _refuse_twice(events: Sequence[Event], path: str) -> None:
    lines: dict[str, int] = {}
    for event in events:
        first = lines.setdefault(event.draft.event_id, event.number)
        if first != event.number:
            found = f"the event id {event.draft.event_id!r} stands in line {first} already."
            raise _trouble(path, event.number, found)


def _common(ours: Sequence[bytes], theirs: Sequence[bytes]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(ours), len(theirs)))


def _trouble(path: str, line: int, found: str) -> LedgerError:
    advice = "Nothing was imported; export the ledger again where the file comes from."
    return LedgerError(found, path=path, line=line, advice=advice)


def _fork(
    path: str, ours: tuple[Event, ...], theirs: tuple[Event, ...], ancestor: int
) -> ForkError:
    error = ForkError(
        f"the ledgers went different ways after event {ancestor}.\n"
        f"this ledger: {_show(ours)}\nthe file: {_show(theirs)}\n",
        path=path,
        line=ancestor + 1,
        advice="Nothing was imported. Ledgers that differ cannot be joined: keep one of them and "
        "take the other's decisions again in it.",
    )
    error.ancestor, error.ours, error.theirs = ancestor, ours, theirs
    return error


def _show(tail: tuple[Event, ...]) -> str:
    rows = [
        f"\n  {e.number} {e.at} {e.draft.actor} {e.draft.kind.value} "
        f"{e.draft.article} {e.draft.locale} {e.hash[:12]}".rstrip()
        for e in tail[:SHOWN]
    ]
    more = len(tail) - len(rows)
    return f"{len(tail)} events" + "".join(rows) + (f"\n  and {more} more" if more else "")
