"""A recall takes words off the site at once: first the pages, then a site that stands again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from medloc.errors import MedlocError
from medloc.site import INTENT, ROOT
from medloc.workflow.after import AfterPublishError, announce, hand_over
from medloc.workflow.build import build
from medloc.workflow.built import Built
from medloc.workflow.project import Project
from medloc.workflow.recalls import unlink_recalled
from medloc.workflow.sources import read_sources
from medloc.workflow.status import read_decisions

PATIENCE = 900.0
"""Seconds to wait for a build that is under way: it may not know of the recall."""


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What became of the site: the paths deleted, the build after it (None: there is no site, or
    it could not be built), and why not; whether the ledger records editions."""

    gone: tuple[str, ...]
    built: Built | None
    troubles: tuple[MedlocError, ...] = ()
    recorded: bool = False


def take_down(
    project: Project,
    *,
    now: Callable[[], dt.datetime],
    on_gone: Callable[[str], None] = lambda path: None,
) -> TakenDown:
    """Take everything that is recalled off the standing site, then build it again.

    Pages are gone before anything is built, and stay gone when the build fails. A build that was
    under way cannot put them back: this one waits for its end. Raises LedgerError only.
    """
    site = project.root / project.settings.site.output
    # Pages of a first build that was killed have no manifest yet, and can be read all the same.
    if not any((site / name).is_file() for name in (ROOT, INTENT)):
        return TakenDown((), None)
    decisions = read_decisions(project)
    announce(project, project.settings.site.output)
    gone, stuck = unlink_recalled(project, read_sources(project), decisions)
    for path in gone:
        on_gone(path)
    try:
        moment = now()
        built = build(project.root, today=moment.date(), now=moment, patience=PATIENCE)
        return TakenDown(gone, built, (*stuck, *built.troubles), bool(decisions.editions))
    except AfterPublishError as trouble:
        return TakenDown(gone, None, (*stuck, trouble))
    except MedlocError as trouble:
        return TakenDown(gone, None, (*stuck, trouble, *_hand_over(project)))
    except BaseException:
        _hand_over(project)
        raise


def _hand_over(project: Project) -> tuple[MedlocError, ...]:
    """Let the pages be gone from the web server too, although the site could not be built."""
    try:
        hand_over(project, project.settings.site.output)
    except MedlocError as trouble:
        return (trouble,)
    return ()
