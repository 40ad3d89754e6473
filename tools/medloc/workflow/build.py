"""`medloc build`: do nothing when nothing changed, else build the site, and record the edition."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sysconfig
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import medloc
from medloc import files
from medloc.errors import UsageError
from medloc.model import Kind
from medloc.parallel import Hands, Here, Processes
from medloc.phrases import phrase
from medloc.workflow import unchanged
from medloc.workflow.built import Built, from_record, to_record
from medloc.workflow.state import FILE_NAME
from medloc.workflow.unchanged import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from medloc.model import Article
    from medloc.workflow.project import Project


def build(
    root: Path,
    *,
    today: dt.date,
    now: dt.datetime,
    output: str = "",
    publisher: str = "",
    door: str = "cli",
    pdf: bool = False,
    jobs: int = 1,
    cluster: str = "",
    patience: float = 30.0,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Built:
    """Build the site of the project in `root` into `output` (below it; default: its settings).

    The same inputs, of which `today` is one, give the same bytes; a build that changes nothing
    writes nothing. With `publisher` (a person with that role) the edition is recorded in the
    ledger; without, the ledger is only read. `door` is how they came in; `pdf` asks for leaflets,
    which the settings may do too; `jobs` is how many processes make pages (0: as many as there are
    cores), or `cluster` is the address of a Dask scheduler whose workers do; `patience` is how
    many seconds to wait for another build to end;
    `on_progress` hears what share of the work is done, from 0 to 1. Raises LedgerError,
    SettingsError and UsageError before anything is written; files that cannot
    be read withhold their pages and are troubles.
    """
    clock = time.perf_counter()
    key = f"{output} {today} {_installed()}{_server_head(root)}{' pdf' if pdf else ''}"
    record = None if publisher else unchanged.read_record(root, key)
    known = None if record is None else from_record(record, seconds=time.perf_counter() - clock)
    if known is not None and _has_heard_all(root, output):
        return known
    # Heavy, and a build that changes nothing does without.
    from medloc.workflow.after import announce, hand_over
    from medloc.workflow.construction import build_site
    from medloc.workflow.leaflet_plan import plan_leaflets
    from medloc.workflow.memory import Memory, memory_of
    from medloc.workflow.project import open_project
    from medloc.workflow.searching import searching_versions

    project = open_project(root)
    output = output or project.settings.site.output
    _check_publisher(project, publisher, today)
    leaflets = plan_leaflets(project, root / output, asked=pdf)
    searching_versions(project)  # a part that is not installed is named before anything is written
    started, inputs = time.time(), _inputs(project)
    seen = unchanged.look(root, inputs)
    recording = _Recording(project, publisher, now, door)
    with (
        files.lock(root / output, folder=project.locks, name=output, timeout=patience),
        closing(Memory(memory_of(project, output))) as memory,
    ):
        built, manifest, articles = build_site(
            project, root / output, output, today,
            leaflets=leaflets, record=recording.sources, on_progress=on_progress,
            hands=hands_of(jobs, cluster), memory=memory,
            on_change=lambda: announce(project, output),
        )  # fmt: skip
        recording.edition(articles, manifest)
        memory.commit()
        hand_over(project, output)
    if not publisher and not built.troubles:
        outputs = _outputs(project, output)
        unchanged.write_record(root, key, (inputs, seen, started), outputs, to_record(built))
    return replace(built, seconds=time.perf_counter() - clock)


def hands_of(jobs: int, cluster: str) -> Hands:
    """Who makes pages: this process alone, or so many (0: one for each core), or a cluster."""
    if cluster:
        from medloc.cluster import Cluster

        return Cluster(cluster)
    count = jobs or os.cpu_count() or 1
    return Processes(count) if count > 1 else Here()


def _check_publisher(project: Project, publisher: str, today: dt.date) -> None:
    if not publisher:
        return
    person = project.settings.people.get(publisher)
    if person is None or not person.holds("publisher", project.settings.source.locale, today):
        known = [p.id for p in project.settings.people.values() if "publisher" in p.roles]
        raise UsageError(
            phrase("--as: `{publisher}` has no role publisher", publisher=publisher),
            advice=phrase(
                "People who have it: {known}.", known=", ".join(known) or phrase("nobody yet")
            ),
        )


def _has_heard_all(root: Path, output: str) -> bool:
    """Whether the ledger has heard nothing that can show since the site was built: the record of a
    build is a file that others may write, and a recall must count all the same."""
    from medloc.ledger import open_ledger
    from medloc.workflow.anchors import standing_anchor
    from medloc.workflow.project import open_project

    settings = open_project(root).settings
    output = output or settings.site.output
    anchor = standing_anchor(root / output, output)
    with open_ledger(settings.ledger, base=root).reading() as reader:
        anchor.check(reader)
        fresh = reader.prove(anchor.count, known=anchor.head)
        return all(event.draft.kind in (Kind.SOURCE, Kind.PUBLISH) for event in fresh)


class _Recording:
    """Records an edition in the ledger: before the build the text of each article as it is now,
    after it who published which manifest. A page can then be proved without the project, and the
    grace of what it shows in place of that text begins."""

    def __init__(self, project: Project, publisher: str, now: dt.datetime, door: str) -> None:
        self._project, self._publisher, self._now = project, publisher, now
        self._door = door

    def sources(self, articles: Iterable[Article]) -> None:
        """Append the text of each article that is not the last one stored of it."""
        if self._publisher:
            self._append(articles, edition="")

    def edition(self, articles: Iterable[Article], manifest: bytes) -> None:
        """Append what is not stored of the articles published, and the edition, once."""
        if self._publisher:
            self._append(articles, edition=hashlib.sha256(manifest).hexdigest())

    def _append(self, articles: Iterable[Article], *, edition: str) -> None:
        from medloc.ledger import moment, open_ledger
        from medloc.workflow.requests import edition_event, source_event

        ledger = open_ledger(self._project.settings.ledger, base=self._project.root)
        with ledger.transaction() as transaction:
            drafts = [event.draft for event in transaction.events()]
            stored = {d.article: d.text for d in drafts if d.kind is Kind.SOURCE}
            fresh = [
                source_event(article, self._publisher, self._door)
                for article in articles
                if stored.get(article.slug) != article.text
            ]
            editions = [draft.text for draft in drafts if draft.kind is Kind.PUBLISH]
            if edition and editions[-1:] != [edition]:
                fresh.append(edition_event(edition, self._publisher, self._door))
            transaction.append(fresh, at=moment(self._now))


def _server_head(root: Path) -> str:
    """The head of a ledger that is no file, which no look at files can see change; else nothing."""
    path = root / FILE_NAME
    if not path.is_file() or b"postgresql" not in path.read_bytes():
        return ""
    from medloc.ledger import open_ledger
    from medloc.workflow.project import open_project

    number, head = open_ledger(open_project(root).settings.ledger, base=root).head()
    return f" {number} {head}"


def _installed() -> str:
    """Changes whenever a package is installed or removed: another Babel may write other bytes."""
    return str(Path(sysconfig.get_paths()["purelib"]).stat().st_mtime_ns)


def _inputs(project: Project) -> Watched:
    settings = project.settings
    paths = [FILE_NAME, *settings.files, settings.content, settings.catalogs, "theme"]
    if settings.ledger.startswith("sqlite:///"):
        paths.append(settings.ledger.removeprefix("sqlite:///"))
    return Watched((*paths, str(Path(medloc.__file__).parent)), skip=(".mo", ".pyc"))


def _outputs(project: Project, output: str) -> Watched:
    catalogs = project.settings.catalogs
    folders = [f"{catalogs}/{locale}/LC_MESSAGES" for locale in project.locales(source=True)]
    return Watched((output, *folders), skip=(".po", ".pot"))
