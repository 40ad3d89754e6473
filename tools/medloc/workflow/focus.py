"""Everything a person should see of one message before they decide on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from medloc.checks import run_checks
from medloc.checks.marking import Mark, marks
from medloc.glossary import GlossaryError
from medloc.index import Line, Query
from medloc.model import Article, Event, Finding, Pair, Person, Translation, Verdict
from medloc.standing import Decisions, History, last_approved
from medloc.workflow.comments import answers, back_translations, questions
from medloc.workflow.desk import Desk
from medloc.workflow.findings import waived
from medloc.workflow.status import judge_all
from medloc.workflow.translations import load_catalog, translations, wording_problem


@dataclass(frozen=True, slots=True)
class Focus:
    """A message in a locale, as it stands on the disk and in the ledger now.

    `earlier` is the wording that was approved last in this place, when it is another; `old_source`
    and `old_target` are the closest earlier text of the place that somebody decided on;
    `back` are translations back of exactly this pair, `questions` what was asked in this place and
    `answers` what the author answered, for all languages;
    `elsewhere` are lines with the same source text; `events` is what was said of this wording,
    oldest first; `problem` is what keeps its structure from being approved.
    """

    article: Article
    translation: Translation
    verdict: Verdict
    findings: tuple[Finding, ...]
    accepted: frozenset[str]
    marks: tuple[tuple[Mark, ...], tuple[Mark, ...]]
    history: History
    earlier: str = ""
    old_source: str = ""
    old_target: str = ""
    elsewhere: tuple[Line, ...] = ()
    problem: str = ""
    trouble: str = ""

    back: tuple[Event, ...] = ()
    questions: tuple[Event, ...] = ()
    answers: tuple[Event, ...] = ()
    is_source: bool = False
    is_right_to_left: bool = False

    @property
    def pair(self) -> Pair:
        return self.translation.pair

    @property
    def is_translated(self) -> bool:
        """Whether there are words of another language than the source's."""
        return not self.is_source and not self.translation.empty

    @property
    def is_asked(self) -> bool:
        """Whether a question waits for an answer."""
        last = self.answers[-1].number if self.answers else 0
        return any(event.number > last for event in self.questions)

    def roles_of(self, person: Person, today: dt.date) -> tuple[str, ...]:
        """The roles that are wanted still and that somebody holds: they approve in one of them."""
        locale = self.pair.locale
        return tuple(r for r in self.verdict.wanted if person.holds(r, locale, today))

    @property
    def events(self) -> tuple[Event, ...]:
        return self.history.events


def focus(desk: Desk, article: str, locale: str, message_id: str) -> Focus | None:
    """The message as it is now, read from its catalog; None when there is no such message.

    Raises CatalogError when the catalog cannot be read.
    """
    project, found, decisions = desk.project, desk.article(article), desk.decisions
    if found is None or locale not in project.locales(source=True):
        return None
    message = next((m for m in found.messages if m.id == message_id), None)
    if message is None:
        return None
    is_source = locale == project.settings.source.locale
    catalog = None if is_source else load_catalog(project, article, locale)
    (translation,) = translations(project, replace(found, messages=(message,)), locale, catalog)
    (verdict,) = judge_all(project, [translation], decisions)
    pair = translation.pair
    history = decisions.history(pair, high_risk=translation.high_risk)
    policy = project.settings.policy
    roles = policy.roles_for(is_source=is_source, high_risk=translation.high_risk)
    before = last_approved(pair, decisions, roles=roles, high_risk=translation.high_risk)
    earlier = before.target if before and before.target != pair.target else ""
    old_source, old_target = ("", "") if is_source else _earlier_text(decisions, pair)
    findings, seen, trouble = _checked(desk, translation, is_source=is_source)
    same = desk.index.lines(Query(locale=locale, exact_source=pair.source), limit=6)
    return Focus(
        article=found,
        translation=translation,
        verdict=verdict,
        findings=findings,
        accepted=waived(pair, decisions),
        marks=seen,
        history=history,
        earlier=earlier,
        old_source=old_source,
        old_target=old_target,
        elsewhere=tuple(li for li in same if (li.article, li.id) != (article, message_id)),
        problem="" if translation.empty else wording_problem(found, translation),
        trouble=trouble,
        back=back_translations(decisions, pair),
        questions=questions(decisions, pair),
        answers=answers(decisions, pair, project.settings.source.locale),
        is_source=is_source,
        is_right_to_left=project.settings.language(locale).direction == "rtl",
    )


def _checked(
    desk: Desk, translation: Translation, *, is_source: bool
) -> tuple[tuple[Finding, ...], tuple[tuple[Mark, ...], tuple[Mark, ...]], str]:
    pair = translation.pair
    if is_source:
        return (), ((), ()), ""
    try:
        context = desk.context(pair.locale)
    except GlossaryError as trouble:
        return (), ((), ()), str(trouble)
    findings = () if translation.empty else run_checks([pair], context)[0]
    return findings, marks(pair, context), ""


def _earlier_text(decisions: Decisions, pair: Pair) -> tuple[str, str]:
    """The source and wording last spoken of in the same context before the source was edited:
    empty when this very source has been spoken of, or nothing like it."""
    if decisions.wordings(pair):
        return "", ""
    best: tuple[float, int, str, str] | None = None
    for place in decisions.spoken.get((pair.article, pair.locale), ()):
        *_, context, source = place
        if context != pair.context:
            continue
        likeness = _likeness(source, pair.source)
        for target, events in decisions.by_place[place].items():
            if target and likeness > 0.5:
                best = max(best or (0, 0, "", ""), (likeness, events[-1].number, source, target))
    return (best[2], best[3]) if best else ("", "")


def _likeness(one: str, other: str) -> float:
    """How alike two texts are by their words, from 0 to 1."""
    mine, theirs = one.split(), other.split()
    common = len(_common(mine, theirs))
    return 2 * common / max(1, len(mine) + len(theirs))


def _common(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    left = list(theirs)
    found = []
    for word in mine:
        if word in left:
            left.remove(word)
            found.append(word)
    return found
