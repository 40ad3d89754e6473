"""Appends events to a ledger until it wrote enough or is killed; names each once it is stored.

python ledger_writer.py ADDRESS NAME TRANSACTIONS EVENTS_PER_TRANSACTION [SECONDS]

Each line is an event id and the seconds its transaction took. With SECONDS what fails is tried
again, with the same event ids, for so long: as whoever repeats a command when the server is back.
"""

import logging
import sys
import time
from pathlib import Path

import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401  (loaded first: it is not what is timed)

from medloc.errors import LedgerError
from medloc.ledger import open_ledger
from medloc.model import Draft, Kind

# The driver says on stderr that a connection is lost; so does the error that we try again after.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)
address, name, transactions, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
patience = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
ledger = open_ledger(address, base=Path())


def store(drafts: list[Draft]) -> float:
    start = time.perf_counter()
    while True:
        try:
            with ledger.transaction() as tx:
                tx.append(drafts, at="2026-03-01T09:30:05Z")
            return time.perf_counter() - start
        except LedgerError:
            if time.perf_counter() - start > patience:
                raise
            time.sleep(0.05)


for turn in range(transactions):
    drafts = [
        Draft(
            event_id=f"{name}-{turn}-{part}",
            kind=Kind.PROPOSE,
            actor=name,
            door="cli",
            article="clonus",
            locale="es",
            context="causes",
            source=f"Sentence {turn}",
            target=f"Frase {turn}-{part}",
        )
        for part in range(size)
    ]
    seconds = store(drafts)
    sys.stdout.write("".join(f"{draft.event_id} {seconds:.4f}\n" for draft in drafts))
    sys.stdout.flush()
