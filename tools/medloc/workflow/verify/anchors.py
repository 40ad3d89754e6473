"""Level "anchors": the heads that manifests name stand in the chain at the numbers they name."""

from __future__ import annotations

from pathlib import Path

from medloc.errors import MedlocError, UsageError
from medloc.ledger import ZERO
from medloc.site import ROOT
from medloc.workflow.verify.chain import Chain
from medloc.workflow.verify.findings import Level, RefutedError, refute
from medloc.workflow.verify.folder import Root, parse_root


def read_anchor(path: Path) -> tuple[str, Root]:
    """An earlier root manifest and its file's name; raises UsageError when it is none."""
    try:
        return path.name, parse_root(path.read_bytes(), file=path.name)
    except (OSError, RefutedError, MedlocError) as trouble:
        raise UsageError(
            "this is no root manifest of a site", path=path.name, advice="Check --anchor."
        ) from trouble


def check_anchors(root: Root, chain: Chain, anchor: tuple[str, Root] | None) -> None:
    """Find the head of the site, and of an earlier manifest, in the chain."""
    if anchor is not None:
        name, earlier = anchor
        _check_head(earlier, chain, file=name)
        if earlier.count > root.count:
            raise refute(
                Level.ANCHORS,
                ROOT,
                event=root.count,
                expected=f"an edition built from event {earlier.count} or later, as {name} was",
                found=f"one built from event {root.count}",
                advice="This is an older site: put the last published edition back.",
            )
    _check_head(root, chain, file=ROOT)


def _check_head(root: Root, chain: Chain, *, file: str) -> None:
    event = chain.event(root.count)
    found = ZERO if root.count == 0 else "" if event is None else event.hash
    if found != root.head:
        raise refute(
            Level.ANCHORS,
            file,
            event=root.count,
            expected=f"the head {root.head} at event {root.count} of the ledger",
            found=found or f"a ledger of {len(chain.events)} events",
        )
