"""`medloc build`: do nothing when nothing changed, else build the site, and record the edition."""

from __future__ import annotations

import datetime as dt
import sysconfig
import time
import uuid
from dataclasses import replace
from pathlib import Path

from medloc import files
from medloc.errors import UsageError
from medloc.model import Draft, Kind
from medloc.settings import FILE_NAME
from medloc.workflow import unchanged
from medloc.workflow.built import Built, from_record, to_record
from medloc.workflow.project import Project, digest


def build(
    project: Project,
    *,
    output: str,
    today: dt.date,
    now: dt.datetime,
    publisher: str = "",
) -> Built:
    """Build the site into `output` (relative to the project).

    The same inputs, of which `today` is one, give the same bytes; a build that changes nothing
    writes nothing. With `publisher` (a person with that role) the edition is recorded in the
    ledger; without, the ledger is only read. Raises LedgerError and SettingsError before anything
    is written; files that cannot be read withhold their pages and are troubles.
    """
    clock = time.perf_counter()
    _check_publisher(project, publisher, today)
    started = time.time()
    inputs = _look_at_inputs(project, output, today)
    folder = project.root / output
    record = unchanged.read_record(project.state, inputs, _look_at_outputs(project, folder))
    if record is not None and not publisher:
        return from_record(record, seconds=time.perf_counter() - clock)
    from medloc.workflow.assemble import build_site  # heavy: a build that changes nothing skips it

    with files.lock(folder, folder=project.locks, name=output):
        built, manifest = build_site(project, folder, output, today)
    if publisher:
        _record_edition(project, publisher, manifest, now)
    elif not built.troubles:
        unchanged.settle()
        outputs = _look_at_outputs(project, folder)
        unchanged.write_record(project.state, inputs, started, outputs, to_record(built))
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


def _record_edition(project: Project, publisher: str, manifest: bytes, now: dt.datetime) -> None:
    from medloc.ledger import moment, open_ledger

    ledger = open_ledger(project.settings.ledger, base=project.root)
    edition = digest(manifest)
    with ledger.transaction() as transaction:
        editions = [e for e in transaction.events() if e.draft.kind is Kind.PUBLISH]
        if editions and editions[-1].draft.text == edition:
            return
        draft = Draft(
            event_id=str(uuid.uuid4()),
            kind=Kind.PUBLISH,
            actor=publisher,
            door="cli",
            role="publisher",
            text=edition,
            meaning="published",
        )
        transaction.append([draft], at=moment(now))


def _look_at_inputs(project: Project, output: str, today: dt.date) -> unchanged.Look:
    settings, root = project.settings, project.root
    paths = [
        root / FILE_NAME,
        root / settings.content,
        root / settings.catalogs,
        unchanged.package_files(),
    ]
    if settings.ledger.startswith("sqlite:///"):
        paths.append(root / settings.ledger.removeprefix("sqlite:///"))
    installed = Path(sysconfig.get_paths()["purelib"]).stat().st_mtime_ns  # another Babel, say
    also = f"{output} {today} {installed} {settings!r}"
    return unchanged.look(paths, also=also, skip=(".mo",))


def _look_at_outputs(project: Project, folder: Path) -> unchanged.Look:
    catalogs = project.root / project.settings.catalogs
    return unchanged.look([folder, *sorted(catalogs.glob("*/LC_MESSAGES"))], skip=(".po", ".pot"))
