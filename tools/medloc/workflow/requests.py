"""What a person asks of the ledger, and the events it becomes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from medloc.errors import UsageError
from medloc.model import Article, Draft, Kind, Pair

MEANINGS = {
    Kind.APPROVE: "approved for publication, word for word",
    Kind.WITHDRAW: "my earlier decision no longer stands",
    Kind.REQUEST_CHANGES: "not to be published before it is changed",
    Kind.COMMENT: "a note that blocks nothing",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for. `messages`, `section` and `expect` narrow it down; `event` makes a
    repeated command the same command; `category` is the class of a request for changes."""

    kind: Kind
    articles: tuple[str, ...]
    locales: tuple[str, ...]
    actor: str
    door: str
    section: str = ""
    messages: tuple[str, ...] = ()
    expect: str = ""
    event: str = ""
    category: str = "wrong"
    reason: str = ""


def source_event(article: Article, actor: str, door: str) -> Draft:
    """The text of an article as it is, as an event."""
    return Draft(
        event_id=str(uuid.uuid4()),
        kind=Kind.SOURCE,
        actor=actor,
        door=door,
        article=article.slug,
        text=article.text,
    )


def edition_event(manifest_hash: str, actor: str, door: str) -> Draft:
    """The publication of a site, named by the SHA-256 of its root manifest."""
    return Draft(
        event_id=str(uuid.uuid4()),
        kind=Kind.PUBLISH,
        actor=actor,
        door=door,
        role="publisher",
        text=manifest_hash,
        meaning="published",
    )


def proposal(pair: Pair, author: str, door: str) -> Draft:
    """Who wrote a wording, as an event."""
    return Draft(
        event_id=str(uuid.uuid4()),
        kind=Kind.PROPOSE,
        actor=author,
        door=door,
        article=pair.article,
        locale=pair.locale,
        context=pair.context,
        source=pair.source,
        target=pair.target,
    )


def decision_event(request: Request, pair: Pair, message: str, role: str) -> Draft:
    """A person's decision on a pair, as an event; `message` is the message's id."""
    return Draft(
        event_id=event_id(request, pair, message),
        kind=request.kind,
        actor=request.actor,
        door=request.door,
        role=role,
        article=pair.article,
        locale=pair.locale,
        context=pair.context,
        source=pair.source,
        target=pair.target,
        category=request.category if request.kind is Kind.REQUEST_CHANGES else "",
        meaning=MEANINGS[request.kind],
        reason=request.reason,
    )


def event_id(request: Request, pair: Pair, message: str) -> str:
    """The event id of a decision: made from --event and the message, not from the wording, so that
    a command repeated after an edit is recognised and does not approve what nobody has read."""
    if not request.event:
        return str(uuid.uuid4())
    name = " ".join((request.kind, pair.article, pair.locale, message))
    try:
        return str(uuid.uuid5(uuid.UUID(request.event), name))
    except ValueError:
        raise UsageError(
            f"--event: `{request.event}` is no UUID", advice="Make one with: uuidgen"
        ) from None
