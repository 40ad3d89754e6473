"""`medloc snapshot`: lost catalogs made again, and the ledger beside them, ready for git.

Law: an export is only ever replaced by a longer one that begins with it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from medloc import files
from medloc.errors import LedgerError, MedlocError
from medloc.ledger import ZERO, ForkError, export_lines, open_ledger
from medloc.model import Notice
from medloc.standing import fold
from medloc.workflow.committing import commit, prove_git
from medloc.workflow.project import Project
from medloc.workflow.remaking import Remade, remake_lost
from medloc.workflow.sources import Sources

EXPORT = "decisions.jsonl"
_COMMITTED = (":(glob)**/*.po", "templates", EXPORT)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was done; `exported` is whether the export grew, `commit` the commit made, if any."""

    remade: tuple[Remade, ...]
    events: int
    head: str
    exported: bool
    commit: str = ""
    notices: tuple[Notice, ...] = ()
    troubles: tuple[MedlocError, ...] = ()


def take_snapshot(project: Project, sources: Sources, *, committing: bool) -> Snapshot:
    """Make lost catalogs again, export the ledger to `locales/decisions.jsonl`, and commit both.

    Raises, before anything is written, GitError when no commit could be made, ForkError for an
    export that went another way than the ledger, LedgerError for one that is ahead of it. What
    cannot be read or written is a trouble; the rest is done.
    """
    folder = project.root / project.settings.catalogs
    name = f"{project.settings.catalogs}/{EXPORT}"
    if committing:
        prove_git(project.root)
    ledger = open_ledger(project.settings.ledger, base=project.root)
    events = ledger.events()
    data = export_lines(ledger)
    _prove_beginning(data, folder / EXPORT, name)
    found = remake_lost(project, sources, fold(events))
    exported = files.replace(folder / EXPORT, data, name=name, root=project.root)
    count, head = data.count(b"\n"), _head(data)
    made = commit(folder, _COMMITTED, _message(count, head)) if committing else ""
    troubles = (*sources.refused, *found.troubles)
    return Snapshot(found.remade, count, head, exported, made, found.notices, troubles)


def _message(count: int, head: str) -> str:
    return f"Snapshot: {count} events, head {head[:8]}"


def _head(data: bytes) -> str:
    lines = data.splitlines()
    return hashlib.sha256(lines[-1]).hexdigest() if lines else ZERO


def _prove_beginning(data: bytes, path: Path, name: str) -> None:
    """Refuse an export that the ledger does not begin with: one of the two would be lost."""
    there = files.read(path, name=name) if path.exists() else b""
    if data.startswith(there):
        return
    if there.startswith(data):
        more = there.count(b"\n") - data.count(b"\n")
        raise LedgerError(
            f"it has {more} events more than the ledger",
            path=name,
            line=data.count(b"\n") + 1,
            advice=f"Take them in first: medloc ledger import {name}",
        )
    lines = zip(data.split(b"\n"), there.split(b"\n"), strict=False)
    ancestor = next(number for number, (ours, theirs) in enumerate(lines) if ours != theirs)
    error = ForkError(
        f"the ledger and this export went different ways after event {ancestor}",
        path=name,
        line=ancestor + 1,
        advice="Nothing was written. Find out which of the two is right (medloc ledger import "
        f"{name} shows both ends); ledgers that differ cannot be joined.",
    )
    error.ancestor = ancestor
    raise error
