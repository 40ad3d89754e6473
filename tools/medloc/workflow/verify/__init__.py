"""`medloc verify`: prove a published folder against the ledger, level by level.

Each level has a module; read `findings` for what is said, `docs/proofs.md` for the formats.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from medloc.errors import UsageError
from medloc.site import ROOT
from medloc.workflow.look import project_theme
from medloc.workflow.project import Project
from medloc.workflow.verify.anchors import check_anchors, read_anchor
from medloc.workflow.verify.chain import read_chain
from medloc.workflow.verify.decisions import check_decisions
from medloc.workflow.verify.findings import Level, RefutedError, Verified
from medloc.workflow.verify.folder import check_folder, read_root
from medloc.workflow.verify.rebuild import check_rebuild
from medloc.workflow.verify.text import check_text

__all__ = ["Verified", "verify"]


def verify(
    folder: Path,
    *,
    project: Project | None,
    ledger: Path | None = None,
    anchor: Path | None = None,
    rebuild: bool = False,
) -> Verified:
    """Prove the site in `folder`, stopping at the first thing that is off.

    `ledger` is a database or a JSON Lines export (default: the project's ledger); `anchor` an
    earlier root manifest. Without a project the source language's own number patterns and fields
    are taken for granted, and `rebuild` is refused. Raises UsageError for what is not there,
    LedgerError for a ledger that cannot be opened.
    """
    if not folder.is_dir():
        raise UsageError("there is no such folder", path=folder.name, advice="Name a built site.")
    if rebuild and project is None:
        raise UsageError(
            "--rebuild builds again, and there is no project here",
            advice="Run it in the content project, or name it: medloc --project DIR verify ...",
        )
    earlier = None if anchor is None else read_anchor(anchor)
    try:
        chain = read_chain(project, ledger)
        root = read_root(folder)
        check_anchors(root, chain, earlier)
        site = check_folder(folder, root, chain)
        site = replace(site, look=project_theme(project)) if project is not None else site
        pages = check_decisions(site, chain, project)
        check_text(site, pages)
        if rebuild and project is not None:
            check_rebuild(site, chain, project)
    except RefutedError as refuted:
        return Verified(refuted.failure.level, refuted.failure)
    level = Level.REBUILD if rebuild else Level.TEXT
    return Verified(level, None, events=len(chain.events), pages=len(pages), manifest=ROOT)
