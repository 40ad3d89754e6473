"""The head of the ledger that a standing site names: what it was built from, proved to be there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medloc.errors import LedgerError
from medloc.ledger import ZERO, Reader
from medloc.phrases import phrase
from medloc.site import ROOT, read_manifest


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and hash of the event that was the ledger's last; `stands` when there is a site."""

    path: str
    stands: bool = False
    count: int = 0
    head: str = ""

    def check(self, reader: Reader) -> None:
        """A site may only be replaced from a ledger that still holds what it was built from: a copy
        put back from yesterday would publish what was withdrawn today. Raises LedgerError."""
        number, _ = reader.head()
        if not 0 <= self.count <= number:
            found = phrase(
                "has {count} events, and the site was built from {other_count}",
                count=number,
                other_count=self.count,
            )
        elif self.count and reader.rows(self.count, self.count)[0][3] != self.head:
            found = phrase(
                "has another event {count} than the one the site was built from", count=self.count
            )
        else:
            return
        raise LedgerError(
            phrase("the ledger {found}: it was replaced or lost", found=found),
            path=self.path,
            advice=phrase(
                "Nothing was changed. Restore the ledger (medloc ledger import FILE), or build "
                "into an empty folder if this is meant."
            ),
        )


def standing_anchor(folder: Path, output: str) -> Anchor:
    """What the root manifest in `folder` names; nothing when there is none."""
    path = folder / ROOT
    if not path.is_file():
        return Anchor(f"{output}/{ROOT}")
    anchor = read_manifest(path.read_bytes(), path=f"{output}/{ROOT}").get("ledger")
    count = anchor.get("count") if isinstance(anchor, dict) else None
    head = anchor.get("head") if isinstance(anchor, dict) else None
    if not isinstance(count, int) or not isinstance(head, str):
        count, head = -1, ""
    return Anchor(f"{output}/{ROOT}", stands=True, count=count, head=head if count else ZERO)
