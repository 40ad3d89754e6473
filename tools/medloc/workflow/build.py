"""`medloc build`: do nothing when nothing changed, else build the site, and record the edition."""

from __future__ import annotations

import datetime as dt
import hashlib
import sysconfig
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import medloc
from medloc import files
from medloc.errors import UsageError
from medloc.model import Kind
from medloc.workflow import unchanged
from medloc.workflow.built import Built, from_record, to_record
from medloc.workflow.state import FILE_NAME
from medloc.workflow.unchanged import Watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medloc.model import Article
    from medloc.workflow.project import Project


def build(
    root: Path,
    *,
    today: dt.date,
    now: dt.datetime,
    output: str = "",
    publisher: str = "",
    patience: float = 30.0,
) -> Built:
    """Build the site of the project in `root` into `output` (below it; default: its settings).

    The same inputs, of which `today` is one, give the same bytes; a build that changes nothing
    writes nothing. With `publisher` (a person with that role) the edition is recorded in the
    ledger; without, the ledger is only read. `patience` is how many seconds to wait for another
    build to end. Raises LedgerError and SettingsError before anything
    is written; files that cannot be read withhold their pages and are troubles.
    """
    clock = time.perf_counter()
    key = f"{output} {today} {_installed()}{_server_head(root)}"
    record = None if publisher else unchanged.read_record(root, key)
    known = None if record is None else from_record(record, seconds=time.perf_counter() - clock)
    if known is not None:
        return known
    # Heavy, and a build that changes nothing does without.
    from medloc.workflow.after import hand_over
    from medloc.workflow.assemble import build_site
    from medloc.workflow.project import open_project

    project = open_project(root)
    output = output or project.settings.site.output
    _check_publisher(project, publisher, today)
    started, inputs = time.time(), _inputs(project)
    seen = unchanged.look(root, inputs)
    with files.lock(root / output, folder=project.locks, name=output, timeout=patience):
        built, manifest, articles = build_site(project, root / output, output, today)
        if publisher:
            _record_edition(project, publisher, manifest, articles, now)
        hand_over(project, output, changed=bool(built.written or built.removed))
    if not publisher and not built.troubles:
        outputs = _outputs(project, output)
        unchanged.write_record(root, key, (inputs, seen, started), outputs, to_record(built))
    return replace(built, seconds=time.perf_counter() - clock)


def _check_publisher(project: Project, publisher: str, today: dt.date) -> None:
    if not publisher:
        return
    person = project.settings.people.get(publisher)
    if person is None or not person.holds("publisher", project.settings.source.locale, today):
        known = [p.id for p in project.settings.people.values() if "publisher" in p.roles]
        raise UsageError(
            f"--as: `{publisher}` has no role publisher",
            advice=f"People who have it: {', '.join(known) or 'nobody yet'}.",
        )


def _record_edition(
    project: Project,
    publisher: str,
    manifest: bytes,
    articles: Sequence[Article],
    now: dt.datetime,
) -> None:
    """Append who published which manifest, and before it the text of each article on the site that
    the ledger has not stored: a page can then be proved without the project."""
    from medloc.ledger import moment, open_ledger
    from medloc.workflow.requests import edition_event, source_event

    ledger = open_ledger(project.settings.ledger, base=project.root)
    edition = hashlib.sha256(manifest).hexdigest()
    with ledger.transaction() as transaction:
        events = transaction.events()
        editions = [e for e in events if e.draft.kind is Kind.PUBLISH]
        if editions and editions[-1].draft.text == edition:
            return
        stored = {(e.draft.article, e.draft.text) for e in events if e.draft.kind is Kind.SOURCE}
        drafts = [
            source_event(article, publisher, "cli")
            for article in articles
            if (article.slug, article.text) not in stored
        ]
        drafts.append(edition_event(edition, publisher, "cli"))
        transaction.append(drafts, at=moment(now))


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
    paths = [FILE_NAME, *settings.files, settings.content, settings.catalogs]
    if settings.ledger.startswith("sqlite:///"):
        paths.append(settings.ledger.removeprefix("sqlite:///"))
    return Watched((*paths, str(Path(medloc.__file__).parent)), skip=(".mo", ".pyc"))


def _outputs(project: Project, output: str) -> Watched:
    catalogs = project.settings.catalogs
    folders = [f"{catalogs}/{locale}/LC_MESSAGES" for locale in project.locales(source=True)]
    return Watched((output, *folders), skip=(".po", ".pot"))
