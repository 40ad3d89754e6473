"""`medloc trace`: from words as somebody read them to every decision on them, and where they stood.

Judged by the policy of today's settings. `docs/governance.md` says what each event means.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from medloc.errors import UsageError
from medloc.ledger import open_ledger
from medloc.merge.similar import match_similar
from medloc.model import Entry, Event, Pair, Standing, Verdict
from medloc.phrases import phrase
from medloc.standing import Decisions, History, earlier_spot, fold, judge, standing_recall
from medloc.workflow.bare_words import bare_words
from medloc.workflow.project import Project, select
from medloc.workflow.shown import Showing, shown_on
from medloc.workflow.sources import Sources
from medloc.workflow.versions import Versions

LEAST = 3
"""Fewer letters than this are in too many sentences to mean one."""
_Spot = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One event on a wording. `about` is "wording", "page", or "carried" for a `carry_forward`;
    `elsewhere` is true when it was said in an earlier place; `decides` when the standing rests
    on it."""

    event: Event
    name: str
    about: str
    elsewhere: bool
    decides: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """A wording and all that is known of it; `message` is empty when no source holds it now.

    `editions` are the `publish` events before which it was approved and in the article's latest
    recorded source.
    """

    pair: Pair
    message: str
    high_risk: bool
    verdict: Verdict
    said: tuple[Said, ...]
    pages: tuple[Showing, ...]
    editions: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What was found, whole sentences first; `similar` are wordings like it if nothing was."""

    found: tuple[Traced, ...] = ()
    similar: tuple[str, ...] = ()


def trace(
    project: Project,
    sources: Sources,
    text: str,
    *,
    locales: Sequence[str] = (),
    until: dt.date | None = None,
) -> Trace:
    """Find every wording of the ledger that holds `text`, as read on a page, and what was said of
    it.

    `locales` are `fnmatch` patterns; with `until` the ledger is judged as of the end of that day
    (UTC). Raises UsageError for a text too short to mean a sentence and for unknown locales.
    """
    [wanted] = bare_words([text])
    if sum(map(str.isalnum, wanted)) < LEAST:
        raise UsageError(
            phrase("`{text}` is in too many sentences", text=text),
            advice=phrase(
                "Give at least {least} letters of the sentence, better all of it.", least=LEAST
            ),
        )
    events = open_ledger(project.settings.ledger, base=project.root).events()
    if until is not None:
        events = tuple(event for event in events if event.at[:10] <= until.isoformat())
    decisions = fold(events)
    pairs = _pairs_by_target(decisions, _locales(project, decisions, locales))
    folded = dict(zip(pairs, bare_words(list(pairs)), strict=True))
    hits = [target for target in pairs if wanted in folded[target]]
    if not hits:
        return Trace((), _similar(wanted, folded))
    case = _Case(project, decisions, Versions(project, sources, decisions), until is not None)
    spoken = {pair: None for target in hits for pair in pairs[target]}
    for pair in list(spoken):
        spoken |= dict.fromkeys(_carried_on(case, pair))
    found = [_traced(case, pair) for pair in spoken]
    return Trace(tuple(sorted(found, key=lambda t: (folded[t.pair.target] != wanted, _order(t)))))


class _Case:
    """What all wordings are judged by; with `past` the recorded texts come before the files."""

    def __init__(
        self, project: Project, decisions: Decisions, versions: Versions, past: bool
    ) -> None:
        self.project, self.decisions = project, decisions
        self.versions, self.past = versions, past
        self.source_locale = project.settings.source.locale
        self.leads: dict[_Spot, list[_Spot]] = {}
        for there, events in decisions.carried.items():
            for event in events:
                self.leads.setdefault(earlier_spot(event), []).append(there)

    def judge(self, pair: Pair, *, high_risk: bool, until: int | None = None) -> Verdict:
        """The verdict on a pair as it was after event `until`, a recall of its page included."""
        is_source = pair.locale == self.source_locale
        policy = self.project.settings.policy
        roles = policy.roles_for(is_source=is_source, high_risk=high_risk)
        return judge(pair, self.decisions, roles=roles, high_risk=high_risk, until=until)

    def is_risky(self, pair: Pair) -> bool:
        """Whether the text of that time marks the place as high risk."""
        return self.versions.high_risk(pair, recorded_first=self.past)

    def page(self, pair: Pair) -> tuple[Event, ...]:
        """What was said of the whole page."""
        return self.decisions.by_page.get((pair.article, pair.locale), ())


def _locales(
    project: Project, decisions: Decisions, patterns: Sequence[str]
) -> frozenset[str] | None:
    """The locales asked for, of the settings or only of the ledger; None when all are."""
    if not patterns:
        return None
    known = dict.fromkeys([*project.locales(source=True), *(p[1] for p in decisions.by_place)])
    tagged = [pattern.replace("-", "_") for pattern in patterns]
    return frozenset(select("locale", tuple(known), tagged))


def _pairs_by_target(decisions: Decisions, locales: frozenset[str] | None) -> dict[str, list[Pair]]:
    pairs: dict[str, list[Pair]] = {}
    for (article, locale, context, source), wordings in decisions.by_place.items():
        if locales is None or locale in locales:
            for target in wordings:
                pairs.setdefault(target, []).append(Pair(article, locale, context, source, target))
    return pairs


def _similar(wanted: str, folded: Mapping[str, str]) -> tuple[str, ...]:
    candidates = [Entry(target, text, "-") for target, text in folded.items()]
    found = match_similar([("", wanted)], candidates)
    return tuple(entry.context for entry in found.values())


def _carried_on(case: _Case, pair: Pair) -> Iterator[Pair]:
    """The same wording in the later places where `carry_forward` lets these decisions count."""
    queue = [pair]
    for here in queue:  # grows
        for article, context, source in case.leads.get(
            (here.article, here.context, here.source), ()
        ):
            # The source's own wording is its text: an edit makes another one of it.
            if pair.locale == case.source_locale and source != pair.target:
                continue
            there = Pair(article, pair.locale, context, source, pair.target)
            if there not in queue and (source == here.source or not case.is_risky(there)):
                queue.append(there)
    yield from queue[1:]


def _order(traced: Traced) -> tuple[object, ...]:
    """What stands in the sources before what is gone, then by place, oldest first."""
    pair = traced.pair
    first = traced.said[0].event.number if traced.said else 0
    return (not traced.message, pair.article, pair.locale, pair.context, first)


def _traced(case: _Case, pair: Pair) -> Traced:
    high_risk = case.is_risky(pair)
    verdict = case.judge(pair, high_risk=high_risk)
    message = case.versions.current(pair.article).get((pair.context, pair.source))
    history = case.decisions.history(pair, high_risk=high_risk)
    return Traced(
        pair,
        message.id if message else "",
        high_risk,
        verdict,
        tuple(_said(case, pair, history, verdict)),
        shown_on(case.project, pair),
        tuple(_editions(case, pair)),
    )


def _said(case: _Case, pair: Pair, history: History, verdict: Verdict) -> Iterator[Said]:
    kinds = [(event, "wording") for event in history.events]
    kinds += [(event, "carried") for event in history.carried]
    kinds += [(event, "page") for event in case.page(pair)]
    people = case.project.settings.people
    for event, about in sorted(kinds, key=lambda item: item[0].number):
        draft = event.draft
        person = people.get(draft.actor)
        yield Said(
            event,
            person.name if person else draft.actor,
            about,
            about == "wording"
            and (draft.article, draft.context, draft.source)
            != (pair.article, pair.context, pair.source),
            event.number in verdict.events,
        )


def _editions(case: _Case, pair: Pair) -> Iterator[Event]:
    """The recorded editions whose text had the pair's place, and before which it was approved."""
    sources = case.decisions.sources.get(pair.article, ())
    numbers = [event.number for event in sources]
    said = case.decisions.history(pair).numbers
    marks = sorted({0, *said, *(event.number for event in case.page(pair))})
    known: dict[tuple[int, bool], bool] = {}
    for edition in case.decisions.editions:
        version = bisect_left(numbers, edition.number) - 1
        if version < 0:
            continue
        message = case.versions.recorded(sources[version]).get((pair.context, pair.source))
        if message is None:
            continue
        # Nothing about the pair changes between two marks: each is judged once.
        key = (marks[bisect_left(marks, edition.number) - 1], message.high_risk)
        if key not in known:
            known[key] = _was_approved(case, pair, *key)
        if known[key]:
            yield edition


def _was_approved(case: _Case, pair: Pair, until: int, high_risk: bool) -> bool:
    before = [event for event in case.page(pair) if event.number <= until]
    verdict = case.judge(pair, high_risk=high_risk, until=until)
    return standing_recall(before) is None and verdict.standing is Standing.APPROVED
