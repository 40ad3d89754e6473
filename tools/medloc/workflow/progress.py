"""How the work goes on, in figures: where messages stand, decisions a day, the age of what waits,
and how long a change of the source takes to be published.

Pure functions of the index's counts and of the fold; `progress` puts them together for a desk.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from medloc.index import Since
from medloc.model import Event, Kind, Standing
from medloc.standing import Decisions
from medloc.workflow.chronicle import all_events
from medloc.workflow.desk import Desk

NO_DECISIONS = frozenset({Kind.SOURCE, Kind.PUBLISH, Kind.PROPOSE, Kind.COMMENT})
WAITING = (Standing.WAITING, Standing.HALF_APPROVED, Standing.CHANGES_REQUESTED)
"""What waits for somebody who has a wording before them; all else waits for a translator."""
AGES = ((0, 0), (1, 3), (4, 7), (8, 30), (31, 90), (91, None))
"""First and last day of each age group, None for no last one."""


@dataclass(frozen=True, slots=True)
class Stood:
    """How many messages of a page have a standing."""

    locale: str
    article: str
    standing: Standing
    messages: int


@dataclass(frozen=True, slots=True)
class Decided:
    """How many decisions of a kind were made on a day (UTC)."""

    day: dt.date
    kind: Kind
    decisions: int


@dataclass(frozen=True, slots=True)
class Waited:
    """How many messages of a locale have waited for so long; `age` is a place in AGES, -1 when
    nothing was ever recorded of their wording."""

    locale: str
    standing: Standing
    age: int
    messages: int


@dataclass(frozen=True, slots=True)
class Published:
    """When the source of a page changed last, and when it was published from that source: None
    when it is not yet; `days` are those between, or those until today."""

    locale: str
    article: str
    changed: dt.date
    published: dt.date | None
    days: int


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it, each in the order of a table."""

    standings: tuple[Stood, ...]
    decisions: tuple[Decided, ...]
    waiting: tuple[Waited, ...]
    publications: tuple[Published, ...]


def progress(desk: Desk) -> Progress:
    """The figures of an open project, as its index and its ledger have them now."""
    decisions, today = desk.decisions, desk.clock().date()
    since = desk.index.since()
    return Progress(
        standings(since),
        decisions_by_day(all_events(decisions)),
        waiting_ages(since, today=today),
        publications(since, decisions, today=today),
    )


def standings(since: Iterable[Since]) -> tuple[Stood, ...]:
    """Messages by locale, article and standing; what there is none of is left out."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for one in since:
        counted[one.locale, one.article, one.standing] += one.messages
    order = {standing.value: i for i, standing in enumerate(Standing)}
    return tuple(
        Stood(locale, article, Standing(standing), number)
        for (locale, article, standing), number in sorted(
            counted.items(), key=lambda item: (*item[0][:2], order[item[0][2]])
        )
    )


def decisions_by_day(events: Iterable[Event]) -> tuple[Decided, ...]:
    """Decisions by day and kind; wordings, comments, texts and editions are none."""
    counted = Counter(
        (event.at[:10], event.draft.kind)
        for event in events
        if event.draft.kind not in NO_DECISIONS
    )
    return tuple(
        Decided(dt.date.fromisoformat(day), kind, number)
        for (day, kind), number in sorted(counted.items())
    )


def waiting_ages(since: Iterable[Since], *, today: dt.date) -> tuple[Waited, ...]:
    """Messages that wait for a decision or a correction, by how long ago the last thing was said
    of their wording."""
    counted: Counter[tuple[str, str, int]] = Counter()
    for one in since:
        if one.standing in WAITING:
            counted[one.locale, one.standing, _age(one.day, today)] += one.messages
    return tuple(
        Waited(locale, Standing(standing), age, number)
        for (locale, standing, age), number in sorted(counted.items())
    )


def publications(
    since: Iterable[Since], decisions: Decisions, *, today: dt.date
) -> tuple[Published, ...]:
    """For each page whose source is in the ledger: from the last change of its source to the first
    edition after which nothing of the page was left to be approved."""
    done = _approved_since(since)
    editions = [event.at for event in decisions.editions]
    found = []
    for (locale, article), last in sorted(done.items()):
        changed = _changed(decisions.sources, article)
        if changed is None:
            continue
        begun = dt.date.fromisoformat(changed[:10])
        out = "" if last is None else next((at for at in editions if at >= max(changed, last)), "")
        ended = dt.date.fromisoformat(out[:10]) if out else None
        found.append(Published(locale, article, begun, ended, ((ended or today) - begun).days))
    return tuple(found)


def _age(day: str, today: dt.date) -> int:
    """The place in AGES of something that was said on a day; -1 for an unknown day."""
    if not day:
        return -1
    days = max(0, (today - dt.date.fromisoformat(day)).days)
    return next(i for i, (_, last) in enumerate(AGES) if last is None or days <= last)


def _approved_since(since: Iterable[Since]) -> dict[tuple[str, str], str | None]:
    """For each locale and article the moment when the last message was approved, None when not
    all of them are."""
    found: dict[tuple[str, str], str | None] = {}
    for one in since:
        page = one.locale, one.article
        known = found.get(page, "")
        whole = one.standing == Standing.APPROVED and known is not None
        found[page] = max(known or "", one.last) if whole else None
    return found


def _changed(sources: Mapping[str, Sequence[Event]], article: str) -> str | None:
    """The moment at which the ledger heard of the article's text as it is."""
    events = sources.get(article)
    return events[-1].at if events else None
