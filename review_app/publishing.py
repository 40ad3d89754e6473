"""What a publisher's press becomes: a build, a verification, a recall or a restore. The role is
looked up at each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from medloc.errors import MedlocError
from medloc.index import Query
from medloc.model import Kind, Person
from medloc.phrases import together
from medloc.site import ROOT
from medloc.workflow.build import build
from medloc.workflow.outlook import Outlook, outlook
from medloc.workflow.requests import Request
from medloc.workflow.sources import Sources
from medloc.workflow.takedown import take_down
from medloc.workflow.verify import verify
from review_app import office
from review_app.jobs import Job, Jobs
from review_app.session import current_person, door, state
from review_app.texts import tr

ROLE = "publisher"


def publisher() -> Person | None:
    """Whoever is signed in, if they may publish at this moment."""
    person, desk = current_person(), office.desk()
    source = desk.project.settings.source.locale
    may = person is not None and person.holds(ROLE, source, desk.clock().date())
    return person if may else None


def jobs() -> Jobs:
    """The jobs of the open project, shared by all sessions."""
    return _jobs(str(office.desk().root))


@dataclass(frozen=True, slots=True)
class _Seen:
    """An outlook and what it was made from."""

    sources: Sources
    stamp: tuple[object, ...]
    outlook: Outlook


_seen: dict[str, _Seen] = {}


def next_build(person: Person) -> Outlook:
    """The outlook as it is now; made anew only when something has changed."""
    desk = office.desk()
    desk.refresh()
    project, sources, decisions = desk.project, desk.sources, desk.decisions
    now = desk.clock()
    manifest = desk.root / project.settings.site.output / ROOT
    built = manifest.stat().st_mtime_ns if manifest.is_file() else 0
    stamp = (decisions.head, dict(desk.index.stamps()), built, now.date(), person.id)
    seen = _seen.get(str(desk.root))
    if seen is None or seen.sources is not sources or seen.stamp != stamp:
        found = outlook(project, sources, decisions, now=now, publisher=person.id)
        seen = _seen[str(desk.root)] = _Seen(sources, stamp, found)
    return seen.outlook


def start_build() -> None:
    """Build, and record the edition as the publisher's."""
    person, desk = _allowed(), office.desk()
    if person is None:
        return
    who, came_by = person.id, door()

    def work(job: Job) -> object:
        now = desk.clock()
        return build(
            desk.root, today=now.date(), now=now, publisher=who, door=came_by,
            on_progress=job.progress,
        )  # fmt: skip

    _start("build", person, work)


def start_verify(*, rebuild: bool) -> None:
    """Prove the standing site against the ledger."""
    person, desk = _allowed(), office.desk()
    if person is not None:
        project = desk.project
        site = desk.root / project.settings.site.output
        _start("verify", person, lambda _: verify(site, project=project, rebuild=rebuild))


def recall(request: Request) -> bool:
    """Recall what a request names, and take it off the site at once, whatever else is under way;
    whether anything was recalled."""
    person, desk = _allowed(), office.desk()
    if person is None or not _decide(replace(request, kind=Kind.RECALL), person):
        return False

    def work(job: Job) -> object:
        def gone(path: str) -> None:
            job.notes.append(f"{desk.clock():%H:%M:%S} UTC: {path}")

        return take_down(desk.project, now=desk.clock, on_gone=gone)

    _start("recall", person, work, alone=False)
    return True


def restore(request: Request) -> bool:
    """Let what was recalled be shown again, from the next build on."""
    person = _allowed()
    return person is not None and _decide(replace(request, kind=Kind.RESTORE), person)


def message_of(article: str, locale: str, context: str, source: str) -> str:
    """The id of the message with that source text in that place; empty when it is no more."""
    index = office.desk().index
    found = index.lines(Query(article=article, locale=locale, exact_source=source), limit=50)
    return next((line.id for line in found if line.context == context), "")


def _decide(request: Request, person: Person) -> bool:
    mine = state()
    try:
        outcome = office.desk().decide(replace(request, actor=person.id, door=door()))
    except MedlocError as trouble:
        mine.said = ("error", str(trouble))
        return False
    why = [*(together(f"{r.locale}:", r.reason) for r in outcome.refused),
           *map(str, outcome.troubles)]  # fmt: skip
    numbers = ", ".join(str(number) for number in sorted({done.number for done in outcome.done}))
    done = [tr("Recorded as event {numbers}.", numbers=numbers)] if outcome.done else []
    mine.said = ("error" if why else "success", together(*done, *why))
    if outcome.done:
        mine.next_form()
    return bool(outcome.done)


def _allowed() -> Person | None:
    """The publisher; anybody else is told that nothing was done."""
    person = publisher()
    if person is None:
        words = tr("Only a publisher may do that, and you are none now. Nothing was done.")
        state().said = ("error", words)
    return person


def _start(kind: str, person: Person, work: Callable[[Job], object], *, alone: bool = True) -> None:
    try:
        jobs().start(kind, person, work, alone=alone)
    except MedlocError as trouble:
        state().said = ("error", str(trouble))
    else:
        if alone:
            state().said = ("", "")


@lru_cache(maxsize=4)
def _jobs(root: str) -> Jobs:
    return Jobs(lambda: office.desk().clock())
