"""The ledger read as history: filtered, newest first; whether its chain is whole on the disk; and
up to which event the published site vouches for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from medloc import files
from medloc.errors import MedlocError
from medloc.ledger import ZERO, open_ledger
from medloc.model import Event, Kind
from medloc.site import ROOT
from medloc.standing import Decisions
from medloc.workflow.project import Project
from medloc.workflow.verify.findings import RefutedError
from medloc.workflow.verify.folder import parse_root

_MAX_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events; empty means all. `since` and `until` are days in UTC, both included; with
    `article` or `locale` an event counts for its earlier article too, and a carry for all
    locales."""

    article: str = ""
    locale: str = ""
    person: str = ""
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by, sorted."""

    articles: tuple[str, ...]
    locales: tuple[str, ...]
    people: tuple[str, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class ChainState:
    """What reading the whole ledger again gave: events, the hash of the last, and what is wrong."""

    count: int
    head: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head that a site's root manifest names, and the day it says; `trouble` when the ledger
    has another event there, or the manifest cannot be read."""

    count: int
    head: str
    date: str
    trouble: str = ""


def all_events(decisions: Decisions) -> tuple[Event, ...]:
    """Every event of a fold, ascending. The fold holds them; nothing is read."""
    found = [
        *chain.from_iterable(
            events for wordings in decisions.by_place.values() for events in wordings.values()
        ),
        *chain.from_iterable(decisions.carried.values()),
        *chain.from_iterable(decisions.by_page.values()),
        *chain.from_iterable(decisions.sources.values()),
        *decisions.editions,
    ]
    found.sort(key=attrgetter("number"))
    return tuple(found)


def select(events: Iterable[Event], wanted: Wanted) -> list[Event]:
    """The events that fit, newest first."""
    first = wanted.since.isoformat() if wanted.since else ""
    last = wanted.until.isoformat() if wanted.until else "9999"
    found = [
        event
        for event in events
        if (not wanted.kind or event.draft.kind == wanted.kind)
        and (not wanted.person or event.draft.actor == wanted.person)
        and (not wanted.locale or _is_of(event, wanted.locale))
        and (not wanted.article or wanted.article in _articles(event))
        and first <= event.at[:10] <= last
    ]
    found.reverse()
    return found


def choices(events: Sequence[Event]) -> Choices:
    """What filters can name."""
    drafts = [event.draft for event in events]
    kinds = {draft.kind for draft in drafts}
    return Choices(
        tuple(sorted({draft.article for draft in drafts} - {""})),
        tuple(sorted({draft.locale for draft in drafts} - {""})),
        tuple(sorted({draft.actor for draft in drafts})),
        tuple(kind for kind in Kind if kind in kinds),
    )


def chain_state(project: Project) -> ChainState:
    """Read the whole ledger anew, as it is on the disk, and follow its chain."""
    ledger = open_ledger(project.settings.ledger, base=project.root)
    try:
        events = ledger.events()
    except MedlocError as trouble:
        return ChainState(0, "", str(trouble))
    return ChainState(len(events), events[-1].hash if events else ZERO)


def anchor(project: Project, events: Sequence[Event]) -> Anchor | None:
    """What the root manifest of the project's site says of the ledger; None without a site."""
    name = f"{project.settings.site.output}/{ROOT}"
    path = project.root / name
    if not path.is_file():
        return None
    try:
        root = parse_root(files.read(path, name=name, limit=_MAX_MANIFEST), file=name)
    except (MedlocError, RefutedError) as trouble:
        return Anchor(0, "", "", str(trouble))
    there = next((event.hash for event in reversed(events) if event.number == root.count), "")
    if root.head == (there or ZERO) and (there or not root.count):
        return Anchor(root.count, root.head, root.date)
    found = f"the hash {there}" if there else f"only {len(events)} events"
    said = f"{name} names the hash {root.head} at event {root.count}; the ledger has {found}."
    return Anchor(root.count, root.head, root.date, said)


def lines_of(project: Project, numbers: Sequence[int]) -> bytes:
    """The bodies of events as they are stored, byte for byte, one a line; raises LedgerError
    unless the chain is whole."""
    bodies = open_ledger(project.settings.ledger, base=project.root).bodies()
    return b"".join(bodies[number - 1] + b"\n" for number in sorted(numbers))


def _is_of(event: Event, locale: str) -> bool:
    return event.draft.locale == locale or event.draft.kind is Kind.CARRY_FORWARD


def _articles(event: Event) -> tuple[str, str]:
    return event.draft.article, event.draft.earlier_article
