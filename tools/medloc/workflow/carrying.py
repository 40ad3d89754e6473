"""Carrying decisions forward: a source edit that keeps the meaning, or the same text in a new
place; one decision of an editor for all locales.

The earlier place is found in the ledger, by the very words: where the wording that stands in a
catalog now was decided on before, for an earlier source text (or, for a move, elsewhere).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from medloc import facts
from medloc.errors import MedlocError, UsageError
from medloc.glossary import GlossaryError
from medloc.model import Article, Kind, Message, Pair, Standing, Translation
from medloc.phrases import phrase
from medloc.standing import Claim, Decisions, carrying_refusal, earlier_spot
from medloc.workflow.findings import Blockers, said_together
from medloc.workflow.project import Project
from medloc.workflow.requests import Request, carry_event
from medloc.workflow.sheet import Sheet
from medloc.workflow.sources import Sources
from medloc.workflow.status import judged_messages

Spot = tuple[str, str, str]
"""Article, context, and the source text written out."""

_COUNTED = (Kind.APPROVE, Kind.WITHDRAW, Kind.REQUEST_CHANGES)


@dataclass(frozen=True, slots=True)
class _Case:
    """A message to carry decisions to: its place, and the locales in which they would count, each
    with the earlier place whose decisions they are. `heard`: where else the wording of each locale
    was decided on, whether that counts here already or not."""

    message: Message
    spot: Spot
    earlier: Mapping[str, Spot]
    heard: Mapping[str, tuple[Spot, ...]]
    pairs: Mapping[str, Pair]  # what stands in each locale


def carry(
    project: Project, sources: Sources, sheet: Sheet, claim: Claim, decisions: Decisions
) -> None:
    """Judge what is asked for and note the events: one for each message and earlier place.

    Raises UsageError when no message is named (a move needs none: all that moved are meant).
    """
    request = sheet.request
    if not (request.messages or request.section or request.moved):
        raise UsageError(
            phrase("carry-forward without --message"),
            advice=phrase(
                "Name each message, or all that stand unchanged in a new place: --moved."
            ),
        )
    locales = project.locales(request.locales, source=True)
    known = _Known(decisions)
    blockers = Blockers(project, decisions)
    found: set[str] = set()
    for article in sources.select(request.articles):
        for case in _cases(project, sources, article, request, decisions, known):
            if _is_repeated(sheet, case, locales, decisions):
                found.add(case.message.id)
            elif case.earlier or not request.moved or request.messages:
                found.add(case.message.id)
                _judge(project, article, sheet, claim, case, locales, blockers)
    lost = set(request.messages) - found
    if lost:
        raise UsageError(
            phrase("there is no message {message} in what was named", message=min(lost)),
            advice=phrase("List what there is: medloc messages ARTICLE LOCALE."),
        )
    if not found:
        raise UsageError(
            phrase(
                "nothing to carry forward in what was named: no wording stands there that was "
                "decided on for an earlier text or place"
            ),
            advice=phrase("See what waits: medloc messages ARTICLE LOCALE."),
        )


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """A source text that was edited or moved while decisions on its wordings stand: what it was and
    is, in which locales decisions would count again, and why they may not be carried (empty: they
    may)."""

    article: str
    message: str
    was: str
    now: str
    locales: tuple[str, ...]
    moved: bool
    problem: str


def source_edits(
    project: Project, sources: Sources, decisions: Decisions
) -> tuple[SourceEdit, ...]:
    """Every message to which an editor could carry decisions, article by article."""
    known = _Known(decisions)
    source = project.settings.source.locale
    everything = Request(Kind.CARRY_FORWARD, (), (), actor="", door="")
    found = []
    for article in sources.articles.values():
        for case in _cases(project, sources, article, everything, decisions, known):
            for earlier in dict.fromkeys(case.earlier.values()):
                locales = tuple(name for name, spot in case.earlier.items() if spot == earlier)
                problem = _kept_problem(case.message, earlier, case.spot[2], source)
                moved = earlier[2] == case.spot[2]
                found.append(
                    SourceEdit(article.slug, case.message.id, _shown(earlier, case.spot),
                               case.spot[2], locales, moved, problem)
                )  # fmt: skip
    return tuple(found)


class _Known:
    """Where each wording of an article and locale was decided on, latest last."""

    def __init__(self, decisions: Decisions) -> None:
        places: dict[tuple[str, str], list[tuple[int, Spot]]] = {}
        for (article, locale, context, source), wordings in decisions.by_place.items():
            for target, events in wordings.items():
                numbers = [e.number for e in events if e.draft.kind in _COUNTED]
                if numbers:
                    spot = (article, context, source)
                    places.setdefault((locale, target), []).append((max(numbers), spot))
        self._places = {key: [spot for _, spot in sorted(found)] for key, found in places.items()}

    def elsewhere(self, translation: Translation) -> Iterator[Spot]:
        """The places of this wording but its own, latest first."""
        pair = translation.pair
        own = (pair.article, pair.context, pair.source)
        for spot in reversed(self._places.get((pair.locale, pair.target), [])):
            if spot != own:
                yield spot


def _cases(
    project: Project,
    sources: Sources,
    article: Article,
    request: Request,
    decisions: Decisions,
    known: _Known,
) -> Iterator[_Case]:
    """The messages asked for, each with what could be carried to it."""
    earlier: dict[str, dict[str, Spot]] = {}
    heard: dict[str, dict[str, tuple[Spot, ...]]] = {}
    spots: dict[str, tuple[Message, Spot]] = {}
    pairs: dict[str, dict[str, Pair]] = {}
    for locale in project.locales(source=True):
        try:
            judged = judged_messages(project, article, locale, decisions)
        except MedlocError:
            continue  # a catalog that cannot be read has no wording to carry anything to
        standing = {(t.pair.article, t.pair.context, t.pair.source) for t, _ in judged}
        for translation, verdict in judged:
            message, pair = translation.message, translation.pair
            if not _is_asked(message, request):
                continue
            spot = (pair.article, pair.context, pair.source)
            spots.setdefault(message.id, (message, spot))
            pairs.setdefault(message.id, {})[locale] = pair
            elsewhere = tuple(known.elsewhere(translation))
            heard.setdefault(message.id, {})[locale] = elsewhere
            if translation.empty or verdict.standing is Standing.APPROVED:
                continue
            reached = decisions.places(pair, high_risk=message.high_risk)
            counted = {(place[0], place[2], place[3]) for place in reached}
            for place in elsewhere:
                moved = place[2] == pair.source
                # A sentence that still stands was not edited into another one.
                if place in counted or (place in standing and not moved):
                    continue
                ours = place[0] == article.slug or (moved and place[0] not in sources.articles)
                if ours and (moved or not request.moved):
                    earlier.setdefault(message.id, {})[locale] = place
                    break
    for identity, (message, spot) in spots.items():
        yield _Case(
            message, spot, earlier.get(identity, {}), heard.get(identity, {}), pairs[identity]
        )


def _is_asked(message: Message, request: Request) -> bool:
    if request.messages and message.id not in request.messages:
        return False
    return request.section in ("", message.section, message.context)


def _is_repeated(sheet: Sheet, case: _Case, locales: tuple[str, ...], decisions: Decisions) -> bool:
    """Whether this very command has carried this message before: then there is no more to do, and
    the outcome has the same lines."""
    article, identity = case.spot[0], case.message.id
    repeated = False
    for event in decisions.carried.get(case.spot, ()) if sheet.request.event else ():
        spot = earlier_spot(event)
        one = carry_event(sheet.request, case.spot, spot, identity, "").event_id
        counting = [name for name in locales if spot in case.heard.get(name, ())] or ["*"]
        for locale in counting:
            repeated |= sheet.is_known((article, locale, identity), one)
    return repeated


def _judge(
    project: Project,
    article: Article,
    sheet: Sheet,
    claim: Claim,
    case: _Case,
    locales: tuple[str, ...],
    blockers: Blockers,
) -> None:
    source = project.settings.source.locale
    slug, _, text = case.spot
    row = (slug, "*", case.message.id)
    role, problem = carrying_refusal(claim, source)
    if not case.earlier:
        problem = problem or (
            phrase(
                "there is nothing to carry: in each language its wording is approved already, or "
                "was never decided on (a changed number, unit or negation takes the old words out)."
            )
        )
    if problem:
        sheet.refuse(row, problem)
        return
    for earlier in dict.fromkeys(case.earlier.values()):
        profiting = [locale for locale, place in case.earlier.items() if place == earlier]
        rows = [(slug, locale, case.message.id) for locale in profiting if locale in locales]
        rows = rows or [row]
        problem = _kept_problem(case.message, earlier, text, source) or _found_problem(
            case, earlier, [locale for locale in profiting if locale != source], blockers
        )
        if problem:
            for one in rows:
                sheet.refuse(one, problem)
            continue
        sheet.notes.append(
            f"{case.message.id} in {', '.join(profiting)}:\n"
            f"  was: {_shown(earlier, case.spot)}\n  is:  {text}"
        )
        event = carry_event(sheet.request, case.spot, earlier, case.message.id, role)
        sheet.accept(rows, event, article=article)


def _kept_problem(message: Message, earlier: Spot, text: str, language: str) -> str:
    """Why the meaning may not be called kept; empty when it may."""
    if earlier[2] == text:
        return ""  # a move
    if message.high_risk:
        return phrase("high risk: a changed source text is read again in every language.")
    if not facts.same(earlier[2], text, language):
        return phrase(
            "a number, unit, negation or comparison has changed, so the meaning has: "
            "`{earlier}` is now `{text}`.",
            earlier=earlier[2],
            text=text,
        )
    return ""


def _found_problem(case: _Case, earlier: Spot, locales: Sequence[str], blockers: Blockers) -> str:
    """What the checks say against wordings under their new source text; empty when nothing, and
    for a move: what was approved there is the same."""
    if earlier[2] == case.spot[2]:
        return ""
    for locale in locales:
        try:
            found = blockers.of(case.pairs[locale])
        except GlossaryError as trouble:
            return phrase(
                "the wording in {locale} cannot be checked: {trouble}",
                locale=locale,
                trouble=trouble,
            )
        if found:
            return phrase(
                "the checks find an error in {locale} under the new text: {error}",
                locale=locale,
                error=said_together(found[:1]),
            )
    return ""


def _shown(earlier: Spot, spot: Spot) -> str:
    place = "" if earlier[1] == spot[1] else f" (under {earlier[1]})"
    place = place if earlier[0] == spot[0] else f" ({earlier[0]}, under {earlier[1]})"
    return f"{earlier[2]}{place}"
