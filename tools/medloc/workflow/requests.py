"""What a person asks of the ledger, and the events it becomes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from dataclasses import dataclass, replace
from difflib import get_close_matches

from medloc.checks import ALL_CHECKS
from medloc.errors import UsageError
from medloc.ledger.bodies import CHECK
from medloc.model import Article, Draft, Kind, Pair
from medloc.workflow.comments import MEANINGS as COMMENTS
from medloc.workflow.comments import STYLE, Comment, said_as

MEANINGS = {
    Kind.APPROVE: "approved for publication, word for word",
    Kind.WITHDRAW: "my earlier decision no longer stands",
    Kind.REQUEST_CHANGES: "not to be published before it is changed",
    Kind.WAIVE: "the finding is accepted for exactly this wording",
    Kind.CARRY_FORWARD: "the meaning is kept: earlier decisions count for the new text",
    Kind.RECALL: "not to be shown to anybody",
    Kind.RESTORE: "may be shown again",
    Kind.RECONFIRM: "read again as it stands, and still right",
}


_OF_PAGES = (Kind.RECALL, Kind.RESTORE, Kind.RECONFIRM)
_IN_A_ROLE = (Kind.APPROVE, Kind.REQUEST_CHANGES, Kind.WAIVE, *_OF_PAGES)
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for. `messages`, `section` and `expect` narrow it down; `event` makes a
    repeated command the same command; `category` is the class of a request for changes, `check` the
    finding that is waived, `comment` what a comment is, `role` the one in which the person insists
    to decide.

    `pairs` are (message id, pair hash) of one act on many: exactly those, each only while it is
    that pair; `ticked` are the hashes among them that the person answered for one by one.

    `moved` carries forward what stands unchanged in a new place. A recall may name, instead of
    messages, all that `by` wrote or approved `since` a day, or all wordings that hold `words` as a
    reader sees them.
    """

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
    check: str = ""
    comment: Comment = Comment.NOTE
    role: str = ""
    moved: bool = False
    by: str = ""
    since: dt.date | None = None
    words: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    ticked: tuple[str, ...] = ()

    def expected(self, message: str) -> str:
        """The hash of the pair that a message must be; empty when nothing was said of it."""
        return self.expect or next((pair for name, pair in self.pairs if name == message), "")


def as_it_counts(request: Request) -> Request:
    """The request as the ledger gets it, whichever door it came by: one on style is a comment."""
    if request.kind is not Kind.REQUEST_CHANGES or request.category != STYLE:
        return request
    kind, reason = said_as(request.category, request.reason)
    return replace(request, kind=kind, reason=reason)


def check_options(request: Request) -> None:
    """Refuse options that say nothing for this kind of decision: whoever gives them expects them
    to count."""
    wide = request.by or request.since or request.words
    for given, option, *kinds in (
        (wide, "--by, --since, --words", Kind.RECALL, Kind.RESTORE),
        (request.moved, "--moved", Kind.CARRY_FORWARD),
        (request.check, "--check", Kind.WAIVE),
        (request.comment is not Comment.NOTE, "--comment", Kind.COMMENT),
        (request.role, "--role", *_IN_A_ROLE),
        (request.pairs, "named pairs", Kind.APPROVE),
    ):
        if given and request.kind not in kinds:
            names = " or ".join(kind.value.replace("_", "-") for kind in kinds)
            raise UsageError(
                f"{option}: only for `medloc decide {names}`", advice="Leave it out here."
            )
    if request.since and not request.by:
        raise UsageError("--since without --by", advice="Name the person: --by PERSON.")
    if request.by and request.words:
        raise UsageError("--by and --words together", advice="Do one after the other.")
    if (request.by or request.words) and (request.messages or request.section or request.expect):
        raise UsageError(
            "--by and --words look for wordings themselves",
            advice="Leave out --message, --section and --expect.",
        )
    if request.pairs:
        _check_pairs(request)
    if request.kind is Kind.WAIVE and not request.check:
        raise UsageError("a waiver names the finding it accepts", advice="Say which: --check NAME.")
    if request.kind is Kind.RECONFIRM and (request.messages or request.section):
        raise UsageError("a page is reconfirmed whole", advice="Leave out --message and --section.")
    if request.expect and not _HASH.fullmatch(request.expect):
        raise UsageError(
            "--expect: a pair's hash has 64 hexadecimal digits",
            advice="Copy `pair` whole from: medloc messages ARTICLE LOCALE --json",
        )
    if request.expect and request.kind is Kind.CARRY_FORWARD:
        raise UsageError(
            "--expect names one pair, and decisions are carried in all languages",
            advice="Leave it out: what was and what is are shown.",
        )
    if request.check and not CHECK.fullmatch(request.check):
        raise UsageError(
            f"--check: `{request.check}` is no name of a finding",
            advice="Copy the name as it was shown: small letters, digits and hyphens.",
        )
    known = [check.name for check in ALL_CHECKS]
    if request.check and request.check not in known:
        close = get_close_matches(request.check, known, 1)
        raise UsageError(
            f"--check: no check is called `{request.check}`",
            advice=f"Did you mean `{close[0]}`?" if close else "They are in docs/checks.md.",
        )
    if request.kind is Kind.WAIVE and not (request.messages or request.pairs):
        raise UsageError(
            "a waiver is about one sentence", advice="Name it: --message ID (see: medloc check)."
        )
    if request.expect and request.kind in _OF_PAGES and not (request.messages or request.section):
        raise UsageError(
            "--expect names one pair, and a whole page was named",
            advice="Name the message with --message ID.",
        )


def _check_pairs(request: Request) -> None:
    """Refuse an act whose pairs are not exactly named."""
    names = [message for message, _ in request.pairs]
    if (
        request.messages or request.section or request.expect
        or len(request.articles) != 1 or len(request.locales) != 1
        or len(set(names)) != len(names)
        or not all(_HASH.fullmatch(pair) for _, pair in request.pairs)
    ):  # fmt: skip
        raise UsageError(
            "an act on named pairs names each message once, with its pair's hash, in one article "
            "and locale",
            advice="Read the page again, then repeat it.",
        )


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
        event_id=event_id(request, pair.article, pair.locale, message),
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
        check=request.check if request.kind is Kind.WAIVE else "",
        meaning=MEANINGS.get(request.kind) or COMMENTS[request.comment],
        reason=request.reason,
    )


def page_event(request: Request, article: str, locale: str, role: str, *, text: str = "") -> Draft:
    """A person's decision on an article in a locale, as an event."""
    return Draft(
        event_id=event_id(request, article, locale, ""),
        kind=request.kind,
        actor=request.actor,
        door=request.door,
        role=role,
        article=article,
        locale=locale,
        text=text,
        meaning=MEANINGS[request.kind],
        reason=request.reason,
    )


def carry_event(
    request: Request,
    spot: tuple[str, str, str],
    earlier: tuple[str, str, str],
    message: str,
    role: str,
) -> Draft:
    """That decisions made in the place `earlier` count in `spot`, both (article, context, source),
    as an event."""
    article, context, source = spot
    place = hashlib.sha256("\x00".join(earlier).encode()).hexdigest()
    return Draft(
        event_id=event_id(request, article, "*", f"{message} {place}"),
        kind=Kind.CARRY_FORWARD,
        actor=request.actor,
        door=request.door,
        role=role,
        article=article,
        context=context,
        source=source,
        earlier_article=earlier[0] if earlier[0] != article else "",
        earlier_context=earlier[1],
        earlier_source=earlier[2],
        meaning=MEANINGS[Kind.CARRY_FORWARD],
        reason=request.reason,
    )


def event_id(request: Request, article: str, locale: str, message: str) -> str:
    """The event id of a decision: made from --event and the message, not from the wording, so that
    a command repeated after an edit is recognised and does not approve what nobody has read."""
    if not request.event:
        return str(uuid.uuid4())
    name = " ".join((request.kind, article, locale, message))
    try:
        return str(uuid.uuid5(uuid.UUID(request.event), name))
    except ValueError:
        raise UsageError(
            f"--event: `{request.event}` is no UUID", advice="Make one with: uuidgen"
        ) from None
