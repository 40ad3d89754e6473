"""`medloc serve` while an author edits: what changes on disk is made anew, from memory only.

Nothing is written. As published, pages are what the next build would make; of a page that it would
withhold, the reason is shown in its place.
"""

from __future__ import annotations

import datetime as dt
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from medloc.errors import MedlocError
from medloc.site import serve_pages
from medloc.site.live import Live, LiveServer, Shown
from medloc.theme.overrides import NAME as THEME
from medloc.watching import changes
from medloc.workflow.addresses import page_path
from medloc.workflow.assemble import render_site
from medloc.workflow.gates import open_gates
from medloc.workflow.preview import built_site, draft_site
from medloc.workflow.project import Project, open_project
from medloc.workflow.sources import read_sources
from medloc.workflow.state import FILE_NAME
from medloc.workflow.status import read_decisions


def serve_live(
    root: Path,
    *,
    drafts: bool,
    port: int,
    today: dt.date,
    on_ready: Callable[[str], None],
    tell: Callable[[str], None] = lambda text: None,
) -> None:
    """Serve the project in `root`, and load open pages anew when what they are made from changes.

    The site is the built one until the first change, `drafts` every wording as it stands. `tell`
    hears of changes. Raises UsageError when there is no built site, SiteError when the port is
    taken.
    """
    project = open_project(root)
    first = None if drafts else Shown(built_site(project))
    live = Live(first, lambda last: anew(root, today, drafts=drafts, last=last))
    gc.enable()
    with watching(project, live, tell):
        serve_pages(live, port=port, on_ready=on_ready, kind=LiveServer)


def anew(root: Path, today: dt.date, *, drafts: bool, last: Shown | None) -> Shown:
    """What there is to look at in the project in `root`; what was there `last`, when its settings,
    ledger or theme cannot be read."""
    try:
        return (_drafts if drafts else _published)(open_project(root), today)
    except MedlocError as trouble:
        return replace(last or Shown(lambda path: None), troubles=(str(trouble),))


def _drafts(project: Project, today: dt.date) -> Shown:
    sources = read_sources(project)
    troubles = [*sources.refused]
    pages = draft_site(project, sources, today=today, troubles=troubles)
    return Shown(pages.get, tuple(map(str, troubles)))


def _published(project: Project, today: dt.date) -> Shown:
    sources, decisions = read_sources(project), read_decisions(project)
    gates = open_gates(project, sources, decisions, today=today)
    troubles = list(gates.troubles)
    pages = render_site(
        project, sources, gates.passed, gates.notices_at,
        today=today, troubles=troubles, search=True,
    )  # fmt: skip
    reasons = {}
    for held in gates.withheld:
        path = page_path(project.settings.language(held.locale).tag, held.article)
        reasons[path] = f"{held.article} ({held.locale}) would be withheld: {held.reason}"
    return Shown(pages.get, tuple(map(str, troubles)), reasons)


@contextmanager
def watching(project: Project, live: Live, tell: Callable[[str], None]) -> Iterator[None]:
    """Tell `live` of every change to what pages are made from, as long as this is open."""
    stop, root, settings = threading.Event(), project.root, project.settings
    folders = [root / name for name in (settings.content, settings.catalogs, THEME)]
    files = {root / name for name in (FILE_NAME, *settings.files)}
    if settings.ledger.startswith("sqlite:///"):
        files.add((root / settings.ledger.removeprefix("sqlite:///")).absolute())

    def watch(paths: list[Path], *, below: bool) -> None:
        try:
            for found in changes(paths, stop=stop, recursive=below):
                known = found if below else found & files
                if known:
                    tell(f"changed: {_name(root, min(known))}")
                    live.change()
        except OSError as trouble:
            tell(f"changes are not seen, load pages anew yourself: {trouble}")

    watchers = [
        threading.Thread(target=watch, args=(paths,), kwargs={"below": below}, daemon=True)
        for paths, below in ((folders, True), (sorted({file.parent for file in files}), False))
    ]
    for watcher in watchers:
        watcher.start()
    try:
        yield
    finally:
        stop.set()
        for watcher in watchers:
            watcher.join(timeout=2.0)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
