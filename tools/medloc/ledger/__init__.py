"""The append-only ledger of decisions: read `store` for the database, `bodies` for
what an event may say, `chain` for what holds events together, `lines` for the JSON Lines form."""

from medloc.ledger.bodies import moment
from medloc.ledger.chain import ZERO, Row
from medloc.ledger.lines import ForkError, check_lines, export_lines, import_lines
from medloc.ledger.postgres import bootstrap
from medloc.ledger.store import (
    Ledger,
    Reader,
    Transaction,
    UncertainError,
    open_ledger,
    read_rows,
)

__all__ = [
    "ZERO",
    "ForkError",
    "Ledger",
    "Reader",
    "Row",
    "Transaction",
    "UncertainError",
    "bootstrap",
    "check_lines",
    "export_lines",
    "import_lines",
    "moment",
    "open_ledger",
    "read_rows",
]
