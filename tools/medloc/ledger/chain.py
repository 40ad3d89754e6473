"""What holds events together: numbers without a gap, each body naming the hash of the one before.

Law: a sequence that `follow` returns whole was never edited, reordered or thinned out inside; only
its end can have been cut off, which comparison with a known head tells.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from medloc.errors import LedgerError
from medloc.ledger.bodies import read_body
from medloc.model import Event

ZERO = "0" * 64
"""What the first event names as the hash before it."""

Row = Sequence[Any]
"""(number, event_id, previous, hash, body) from a database, or only (body,) from a file."""

Trouble = Callable[[int, str], LedgerError]
"""Makes the error for an event number and what is wrong with it: it knows the file or the table."""


def follow(
    rows: Iterable[Row], trouble: Trouble, *, number: int = 0, previous: str = ZERO
) -> list[Event]:
    """Read the rows after event `number`, whose hash is `previous`; raises what `trouble` makes."""
    collecting = gc.isenabled()
    gc.disable()  # events hold no cycles; looking for some in 100,000 of them takes a third longer
    try:
        return list(followed(rows, trouble, number=number, previous=previous))
    finally:
        if collecting:
            gc.enable()


def followed(
    rows: Iterable[Row], trouble: Trouble, *, number: int = 0, previous: str = ZERO
) -> Iterator[Event]:
    """As `follow`, one event at a time."""
    for row in rows:
        number += 1
        body = row[-1]
        if not isinstance(body, bytes):
            raise trouble(number, f"the body is {type(body).__name__}, expected bytes.")
        try:
            event = read_body(body)
        except LedgerError as error:
            raise trouble(number, error.found) from None
        if event.number != number or event.previous != previous:
            raise trouble(number, _broken(event, number, previous))
        if len(row) > 1:
            said = (number, event.draft.event_id, previous, event.hash)
            if tuple(row[:-1]) != said:
                raise trouble(number, f"expected the columns of its body {said}, found {row[:-1]}.")
        previous = event.hash
        yield event


def _broken(event: Event, number: int, previous: str) -> str:
    if event.number != number:
        return f"expected event {number}, found event {event.number}."
    return f"expected the hash before it to be {previous}, found {event.previous}."
