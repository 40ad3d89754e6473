"""What is folded of the ledger so far, and how it is brought up to the ledger's head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from medloc.model import Event
from medloc.standing import NOTHING, Decisions, fold


class Events(Protocol):
    """A ledger, or a transaction on it."""

    def events(self, after: int = 0, *, known: str = "") -> tuple[Event, ...]: ...


@dataclass(frozen=True, slots=True)
class Past:
    """The fold of a ledger's beginning, and the hash of the last event in it.

    Law: brought up in any number of steps it is the fold of the whole ledger.
    """

    decisions: Decisions = NOTHING
    hash: str = ""

    def brought_up(self, ledger: Events) -> Past:
        """This and all that was appended since; raises LedgerError when the ledger does not go on
        from here."""
        fresh = ledger.events(self.decisions.head, known=self.hash)
        return Past(fold(fresh, onto=self.decisions), fresh[-1].hash) if fresh else self


NO_PAST = Past()
