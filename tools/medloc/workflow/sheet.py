"""What becomes of a command, message by message: what the ledger gets, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from medloc.errors import ConflictError, MedlocError
from medloc.ledger import Transaction
from medloc.model import Article, Draft
from medloc.phrases import phrase
from medloc.standing import Decisions
from medloc.workflow.requests import Request, source_event

_NEW_UUID = phrase("Use a new UUID for every new command.")


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that is in the ledger; `message` is empty for a whole page."""

    article: str
    locale: str
    message: str
    number: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not taken, and why."""

    article: str
    locale: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request, message by message; `troubles` are files that could not be read,
    `notes` what a person should read before they go on (old and new text of what was carried)."""

    done: tuple[Done, ...] = ()
    refused: tuple[Refused, ...] = ()
    troubles: tuple[MedlocError, ...] = ()
    notes: tuple[str, ...] = ()


Row = tuple[str, str, str]
"""Article, locale and message id that a line of the outcome is about."""


@dataclass(slots=True)
class Sheet:
    """A command under way, inside the transaction that will store it."""

    request: Request
    ledger: Transaction
    decisions: Decisions
    drafts: list[Draft] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _accepted: list[tuple[Row, Draft]] = field(default_factory=list)
    _done: list[Done] = field(default_factory=list)
    _stored: dict[str, str] = field(default_factory=dict)  # articles whose text will be stored

    def is_known(self, row: Row, event_id: str, *, pair_hash: str = "") -> bool:
        """A command sent twice is one command: whether this is in the ledger already, and then it
        is done. Raises ConflictError when the id was used for something else."""
        event = self.ledger.stored(event_id) if self.request.event else None
        if event is None:
            return False
        if event.draft.actor != self.request.actor:
            raise ConflictError(
                phrase(
                    "--event: event {number} of {actor} has this id already",
                    number=event.number,
                    actor=event.draft.actor,
                ),
                advice=_NEW_UUID,
            )
        other = _says_other(self.request, event.draft)
        if other:
            raise ConflictError(
                phrase(
                    "--event: event {number} of this id has another {other}",
                    number=event.number,
                    other=other,
                ),
                advice=_NEW_UUID,
            )
        if pair_hash and pair_hash != event.draft.pair.hash:
            raise ConflictError(
                phrase(
                    "--event: event {number} of this id was about another text", number=event.number
                ),
                advice=_NEW_UUID,
            )
        self._done.append(Done(*row, event.number))
        return True

    def refuse(self, row: Row, reason: str) -> None:
        """Note a decision that is not taken."""
        self.refused.append(Refused(*row, reason))

    def accept(
        self,
        rows: Iterable[Row],
        draft: Draft,
        *,
        article: Article | None = None,
        before: Iterable[Draft] = (),
    ) -> None:
        """Note an event to append, and before it what it rests on: the article's text, once, and
        `before`; each of `rows` will say its number."""
        if article is not None and self._last_text(article.slug) != article.text:
            self._stored[article.slug] = article.text
            self.drafts.append(source_event(article, self.request.actor, self.request.door))
        self.drafts += before
        self.drafts.append(draft)
        self._accepted += [(row, draft) for row in rows]

    def _last_text(self, slug: str) -> str | None:
        """The text of an article that the ledger holds last, or will."""
        recorded = self.decisions.sources.get(slug)
        return self._stored.get(slug, recorded[-1].draft.text if recorded else None)

    def store(self, *, at: str) -> Outcome:
        """Append everything at once; the outcome without its troubles."""
        events = self.ledger.append(self.drafts, at=at)
        numbers = {
            draft.event_id: event.number for draft, event in zip(self.drafts, events, strict=True)
        }
        done = [Done(*row, numbers[draft.event_id]) for row, draft in self._accepted]
        return Outcome((*self._done, *done), tuple(self.refused), (), tuple(self.notes))


def _says_other(request: Request, draft: Draft) -> str:
    """What a command says otherwise than the event that has its id; empty when it is the same."""
    said = (
        ("reason", request.reason, draft.reason),
        ("check", request.check, draft.check),
        ("class", request.category if draft.category else "", draft.category),
    )
    return next((name for name, asked, kept in said if asked != kept), "")
