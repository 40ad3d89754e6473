"""Whether recalls.json says what the ledger does: readers and other sites take its word."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from medloc.standing import Decisions
from medloc.workflow.recalls import RECALLS, recalls_json, standing_recalls
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, parse


def check_recalls(site: Site, decisions: Decisions) -> None:
    """Compare the site's list with the recalls that stand; raises RefutedError for the first row
    that is off."""
    if RECALLS not in site.root.files:
        raise refute(Level.DECISIONS, RECALLS, expected="this file", found="nothing")
    expected = parse(recalls_json(standing_recalls(decisions)), file=RECALLS)
    found = parse(site.read(RECALLS), file=RECALLS)
    for wanted, said in zip_longest(_rows(expected), _rows(found)):
        if wanted != said:
            raise refute(
                Level.DECISIONS,
                RECALLS,
                event=wanted["event"] if wanted else 0,
                expected=f"the recall {wanted}" if wanted else "no further recall",
                found=repr(said) if said else "nothing",
            )
    if found != expected:
        raise refute(
            Level.DECISIONS, RECALLS, expected=str(sorted(expected)), found=str(sorted(found))
        )


def _rows(value: Any) -> list[Any]:
    rows = value.get("recalls")
    return rows if isinstance(rows, list) else [rows]
