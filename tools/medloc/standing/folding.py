"""The fold: every event of the ledger, grouped by what it is about. Pure, and the same in any cut.

Law: folding in two goes gives what one go gives; nothing but events decides where they count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from medloc.model import DECISIONS, Event, Kind, Pair

Place = tuple[str, str, str, str]
"""Article, locale, context, and the source text written out."""

Spot = tuple[str, str, str]
"""A place in all locales: article, context, and the source text written out."""

_OF_PAIRS = frozenset({*DECISIONS, Kind.PROPOSE, Kind.COMMENT, Kind.WAIVE})
_OF_EITHER = frozenset({Kind.RECALL, Kind.RESTORE})
_LIFTING = (Kind.RECALL, Kind.RESTORE)
BY_NUMBER = attrgetter("number")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class History:
    """What was said of exactly one wording, ascending; `carried` are the `carry_forward` events
    by which sayings about earlier places count here."""

    events: tuple[Event, ...] = ()
    carried: tuple[Event, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all these events, ascending."""
        return tuple(sorted(event.number for event in (*self.events, *self.carried)))

    @property
    def authors(self) -> frozenset[str]:
        """All who proposed the wording: authors once, authors for ever."""
        return frozenset(e.draft.actor for e in self.events if e.draft.kind is Kind.PROPOSE)

    @property
    def latest(self) -> dict[str, Event]:
        """Each person's latest decision; withdrawals stand like any other."""
        return {e.draft.actor: e for e in self.events if e.draft.kind in DECISIONS}


@dataclass(frozen=True, slots=True)
class Decisions:
    """The fold's result; `head` is the number of the last event folded (ask the ledger for what
    comes after it).

    `by_place`: events about a wording, by place and wording; `carried`: `carry_forward` by where
    it leads to; `joined`: the spots that a `carry_forward` joins with each, both ways; `by_page`:
    events about an article in a locale; `sources`: `source` events by article; `editions`:
    `publish` events. All ascending. `spoken`: the places of `by_place` by article and locale;
    `proposers`: who ever proposed a wording anywhere, by locale and wording.
    """

    by_place: Mapping[Place, Mapping[str, tuple[Event, ...]]] = field(default_factory=dict)
    carried: Mapping[Spot, tuple[Event, ...]] = field(default_factory=dict)
    joined: Mapping[Spot, frozenset[Spot]] = field(default_factory=dict)
    by_page: Mapping[tuple[str, str], tuple[Event, ...]] = field(default_factory=dict)
    sources: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    editions: tuple[Event, ...] = ()
    head: int = 0
    spoken: Mapping[tuple[str, str], tuple[Place, ...]] = field(default_factory=dict, compare=False)
    proposers: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False)

    @property
    def actors(self) -> frozenset[str]:
        """Everybody who ever said something here; looks through all events."""
        groups = [
            *(events for wordings in self.by_place.values() for events in wordings.values()),
            *self.carried.values(),
            *self.by_page.values(),
            *self.sources.values(),
            self.editions,
        ]
        return frozenset(event.draft.actor for events in groups for event in events)

    def wordings(self, pair: Pair) -> Mapping[str, tuple[Event, ...]]:
        """Every wording that was ever spoken of in the place of `pair`, with what was said."""
        return self.by_place.get((pair.article, pair.locale, pair.context, pair.source), {})

    def history(self, pair: Pair, *, high_risk: bool = False, until: int | None = None) -> History:
        """What was said about exactly this wording, here and wherever it was carried from.

        For a message of high risk only moves are followed: from the same source text elsewhere.
        `until` is the last event to count.
        """
        spots, carried = self._spots(pair, high_risk, until)
        places = [self.by_place.get((a, pair.locale, c, s), {}) for a, c, s in spots]
        events = [event for wordings in places for event in wordings.get(pair.target, ())]
        if until is not None:
            events = [event for event in events if event.number <= until]
        return History(_ascending(events), _ascending(carried))

    def places(self, pair: Pair, *, high_risk: bool = False) -> tuple[Place, ...]:
        """The place of `pair`, and every earlier one whose decisions count in it."""
        spots, _ = self._spots(pair, high_risk, None)
        return tuple((article, pair.locale, c, source) for article, c, source in spots)

    def _spots(
        self, pair: Pair, high_risk: bool, until: int | None
    ) -> tuple[list[Spot], list[Event]]:
        spots = [(pair.article, pair.context, pair.source)]
        carried: list[Event] = []
        for spot in spots:  # grows
            for event in self.carried.get(spot, ()):
                earlier = earlier_spot(event)
                late = until is not None and event.number > until
                if late or (high_risk and earlier[2] != spot[2]):
                    continue
                carried.append(event)
                if earlier not in spots:
                    spots.append(earlier)
        return spots, carried

    def page_recall(self, article: str, locale: str) -> Event | None:
        """The recall of an article in a locale that stands."""
        return standing_recall(self.by_page.get((article, locale), ()))

    def related(self, pair: Pair) -> tuple[Place, ...]:
        """The place of `pair` and all that were ever joined with it by carrying, in either
        direction: words recalled in one of them are the same words in all."""
        spots = [(pair.article, pair.context, pair.source)]
        for spot in spots:  # grows
            spots += sorted(self.joined.get(spot, frozenset()) - set(spots))
        return tuple((article, pair.locale, context, source) for article, context, source in spots)

    def related_articles(self, article: str) -> frozenset[str]:
        """The article and all that carrying joins with it: other names of it, as a rule."""
        found = {article}
        while True:
            more = {
                other[0]
                for spot, others in self.joined.items()
                if spot[0] in found
                for other in others
            } - found
            if not more:
                return frozenset(found)
            found |= more

    def hidden_by(self, pair: Pair) -> Event | None:
        """The recall by which a wording may not be shown: of its page or of itself, here or in a
        related place."""
        articles = dict.fromkeys(place[0] for place in self.related(pair))
        pages = (self.page_recall(article, pair.locale) for article in articles)
        return next((page for page in pages if page is not None), None) or self.recall(pair)

    def recall(self, pair: Pair) -> Event | None:
        """A recall of exactly this wording that stands, here or in a related place. Each place is
        restored by itself."""
        places = (self.by_place.get(place, {}) for place in self.related(pair))
        recalls = (standing_recall(wordings.get(pair.target, ())) for wordings in places)
        return next((recall for recall in recalls if recall is not None), None)


NOTHING = Decisions()


def standing_recall(events: Sequence[Event]) -> Event | None:
    """The last of these events that recalls, unless a later one restores."""
    last = next((e for e in reversed(events) if e.draft.kind in _LIFTING), None)
    return last if last is not None and last.draft.kind is Kind.RECALL else None


def earlier_spot(event: Event) -> Spot:
    """Where the decisions that a `carry_forward` counts were made."""
    draft = event.draft
    return (draft.earlier_article or draft.article, draft.earlier_context, draft.earlier_source)


def fold(events: Iterable[Event], *, onto: Decisions = NOTHING) -> Decisions:
    """Group events by what they are about; `onto` is what was folded before them."""
    pairs: dict[Place, dict[str, list[Event]]] = {}
    carried: dict[Spot, list[Event]] = {}
    pages: dict[tuple[str, str], list[Event]] = {}
    sources: dict[str, list[Event]] = {}
    editions: list[Event] = []
    proposers: dict[tuple[str, str], set[str]] = {}
    head = onto.head
    for event in events:
        draft = event.draft
        kind = draft.kind
        head = event.number if event.number > head else head
        if kind in _OF_PAIRS or (kind in _OF_EITHER and draft.source):
            place = (draft.article, draft.locale, draft.context, draft.source)
            pairs.setdefault(place, {}).setdefault(draft.target, []).append(event)
            if kind is Kind.PROPOSE:
                proposers.setdefault((draft.locale, draft.target), set()).add(draft.actor)
        elif kind in _OF_EITHER or kind is Kind.RECONFIRM:
            pages.setdefault((draft.article, draft.locale), []).append(event)
        elif kind is Kind.CARRY_FORWARD:
            spot = (draft.article, draft.context, draft.source)
            carried.setdefault(spot, []).append(event)
        elif kind is Kind.SOURCE:
            sources.setdefault(draft.article, []).append(event)
        elif kind is Kind.PUBLISH:
            editions.append(event)
    by_place = dict(onto.by_place)
    fresh: dict[tuple[str, str], list[Place]] = {}
    for place, wordings in pairs.items():
        if place not in by_place:
            fresh.setdefault(place[:2], []).append(place)
        by_place[place] = _joined(by_place.get(place, {}), wordings)
    return Decisions(
        by_place,
        _joined(onto.carried, carried),
        _both_ways(onto.joined, carried),
        _joined(onto.by_page, pages),
        _joined(onto.sources, sources),
        _ascending((*onto.editions, *editions)),
        head,
        {**onto.spoken, **{at: (*onto.spoken.get(at, ()), *more) for at, more in fresh.items()}},
        {**onto.proposers, **{
            words: onto.proposers.get(words, frozenset()) | more
            for words, more in proposers.items()
        }},
    )  # fmt: skip


def _both_ways(
    known: Mapping[Spot, frozenset[Spot]], carried: Mapping[Spot, list[Event]]
) -> dict[Spot, frozenset[Spot]]:
    joined = dict(known)
    for spot, events in carried.items():
        for event in events:
            earlier = earlier_spot(event)
            joined[spot] = joined.get(spot, frozenset()) | {earlier}
            joined[earlier] = joined.get(earlier, frozenset()) | {spot}
    return joined


def _joined(
    known: Mapping[_Key, tuple[Event, ...]], late: Mapping[_Key, list[Event]]
) -> dict[_Key, tuple[Event, ...]]:
    joined = dict(known)
    for key, events in late.items():
        joined[key] = _ascending((*joined.get(key, ()), *events))
    return joined


def _ascending(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=BY_NUMBER))
