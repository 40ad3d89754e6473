"""What a comment is: a note, a translation back, a question to the author, or the author's answer.

The ledger has one kind for all four; which one it is, is the sentence its writer agreed to
(`meaning`). Law: none of them decides or blocks anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from medloc.model import Article, Draft, Event, Kind, Pair
from medloc.phrases import Phrase, phrase
from medloc.standing import EDITOR, Claim, Decisions
from medloc.workflow.project import Project
from medloc.workflow.translations import translations


class Comment(StrEnum):
    """What somebody sends as a comment."""

    NOTE = "note"
    BACK_TRANSLATION = "back-translation"
    QUESTION = "question"
    ANSWER = "answer"


MEANINGS = {
    Comment.NOTE: "a note that blocks nothing",
    Comment.BACK_TRANSLATION: "these words translated back, to compare; it blocks nothing",
    Comment.QUESTION: "a question to the author; it blocks nothing",
    Comment.ANSWER: "the author's answer, for all languages; it blocks nothing",
}
STYLE = "style"
"""The class of a request for changes that is none: a remark that blocks nothing."""
_BY_MEANING = {meaning: comment for comment, meaning in MEANINGS.items()}


def comment_of(draft: Draft) -> Comment | None:
    """What a comment is; None for other kinds of events. One of an older ledger is a note."""
    if draft.kind is not Kind.COMMENT:
        return None
    return _BY_MEANING.get(draft.meaning, Comment.NOTE)


def said_as(category: str, note: str) -> tuple[Kind, str]:
    """(kind, reason) of what somebody wants changed. A remark on style is a comment that carries
    its class in its reason: a request for changes would keep the page from being published."""
    note = note.strip()
    if category == STYLE:
        return Kind.COMMENT, f"style: {note or 'could be said better (no note)'}"
    return Kind.REQUEST_CHANGES, note or f"{category} (no note)"


def comment_problem(comment: Comment, claim: Claim, pair: Pair, source_locale: str) -> Phrase | str:
    """Why somebody may not send such a comment about a pair; empty when they may."""
    name, locale = claim.actor.name, pair.locale
    if comment is Comment.BACK_TRANSLATION:
        if locale == source_locale or not pair.target.strip():
            return phrase("There are no translated words here to translate back.")
        if not claim.held(locale):
            return phrase("{name} has no role for {locale}.", name=name, locale=locale)
    if comment is Comment.ANSWER:
        if locale != source_locale:
            return phrase("An answer is for all languages: it is given on the source text.")
        if EDITOR not in claim.held(locale):
            return phrase("Only an editor answers for the author.")
    return ""


def back_translations(decisions: Decisions, pair: Pair) -> tuple[Event, ...]:
    """What people wrote as a translation back of exactly this pair: of each the latest."""
    said = decisions.wordings(pair).get(pair.target, ())
    return tuple({e.draft.actor: e for e in _of(Comment.BACK_TRANSLATION, said)}.values())


def questions(decisions: Decisions, pair: Pair) -> tuple[Event, ...]:
    """What was asked in the place of a pair, whatever the wording was, in one language."""
    wordings = decisions.wordings(pair).values()
    return _ascending(e for said in wordings for e in _of(Comment.QUESTION, said))


def answers(decisions: Decisions, pair: Pair, source_locale: str) -> tuple[Event, ...]:
    """What the author answered about the source text of a pair: the same in every language."""
    source = of_source(pair, source_locale)
    return tuple(_of(Comment.ANSWER, decisions.wordings(source).get(source.target, ())))


def open_questions(decisions: Decisions, source_locale: str) -> tuple[Event, ...]:
    """All questions after which no answer came, oldest first. Looks through the whole ledger."""
    found = []
    for wordings in decisions.by_place.values():
        for said in wordings.values():
            for event in _of(Comment.QUESTION, said):
                given = answers(decisions, event.draft.pair, source_locale)
                if not given or given[-1].number < event.number:
                    found.append(event)
    return _ascending(found)


def of_source(pair: Pair, source_locale: str) -> Pair:
    """The source text of a pair as a pair of its own: what an answer is about."""
    return replace(pair, locale=source_locale, target=pair.source)


class Answers:
    """What authors answered, as notes for translators."""

    def __init__(self, project: Project, decisions: Decisions) -> None:
        self._project, self._decisions = project, decisions
        locale = project.settings.source.locale
        # Few articles have any, and the others' messages need not be written out for that.
        self._articles = frozenset(
            place[0]
            for place, wordings in decisions.by_place.items()
            if place[1] == locale
            if any(next(_of(Comment.ANSWER, said), None) for said in wordings.values())
        )

    def of(self, article: Article) -> dict[str, tuple[str, ...]]:
        """A line for each answer about an article as it is now, by message id."""
        if article.slug not in self._articles:
            return {}
        locale = self._project.settings.source.locale
        found = {}
        for one in translations(self._project, article, locale, None):
            given = answers(self._decisions, one.pair, locale)
            found[one.message.id] = tuple(
                f"answer of the author: {' '.join(e.draft.reason.split())}" for e in given
            )
        return found


def _of(comment: Comment, events: Iterable[Event]) -> Iterator[Event]:
    return (event for event in events if comment_of(event.draft) is comment)


def _ascending(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.number))
