"""What a hashed body may say: its canonical JSON form, the fields of each kind, the strict reader.

Law: `write_body` and `read_body` are inverse, and a body has exactly one spelling in bytes; it is
that of `json.dumps(..., sort_keys=True, separators=(",", ":"), ensure_ascii=False)`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from operator import attrgetter
from typing import Annotated

import msgspec

from medloc.errors import LedgerError
from medloc.model import Draft, Event, Kind

CATEGORIES = ("unsafe", "wrong", "style")
_PLACE = ("article", "locale", "context", "source")
_PAIR = (*_PLACE, "target")
_TEXTS = ("context", "source", "target")
_EARLIER = ("earlier_context", "earlier_source")
_OPEN = ("role", "meaning", "reason")

# Kind -> (fields it must have, fields it may have); number, previous, event_id, kind, at, actor and
# door belong to every kind. A field in neither list is refused: nothing unread sits in a hash.
FIELDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kind.SOURCE: (("article", "text"), ("locale", *_OPEN)),
    Kind.PROPOSE: (_PAIR, _OPEN),
    Kind.APPROVE: ((*_PAIR, "role", "meaning"), ("reason",)),
    Kind.WITHDRAW: (_PAIR, _OPEN),
    Kind.REQUEST_CHANGES: ((*_PAIR, "role", "category", "reason"), ("meaning",)),
    Kind.COMMENT: ((*_PLACE, "reason"), ("target", "role", "meaning")),
    Kind.WAIVE: ((*_PAIR, "check", "reason", "role"), ("meaning",)),
    Kind.CARRY_FORWARD: (
        ("article", "context", "source", *_EARLIER, "role", "reason"),
        ("earlier_article", "meaning"),
    ),
    # Of a pair or, without context, source and target, of an article in a locale.
    Kind.RECALL: (("article", "locale", "role", "reason"), (*_TEXTS, "meaning")),
    Kind.RESTORE: (("article", "locale", "role", "reason"), (*_TEXTS, "text", "meaning")),
    Kind.RECONFIRM: (("article", "locale", "text", "role"), ("reason", "meaning")),
    Kind.PUBLISH: (("text", "meaning"), ("role", "reason")),
}
_VARYING = (*_PAIR, "text", "category", *_OPEN, "check", "earlier_article", *_EARLIER)
_MULTILINE = frozenset({"source", "target", "text", "reason", "earlier_source"})
_HASHED = frozenset({Kind.PUBLISH, Kind.RESTORE, Kind.RECONFIRM})
_OF_PAGES = frozenset({Kind.RECALL, Kind.RESTORE})

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
EVENT_ID = re.compile(r"[a-z0-9][a-z0-9._:-]{0,99}")
CHECK = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


class Body(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A body as it is spelled. The fields stand in alphabetical order: that is the canonical order,
    and encoding a struct in order is five times faster than sorting keys each time."""

    actor: str
    article: str = ""
    at: str
    category: str = ""
    check: str = ""
    context: str = ""
    door: str
    earlier_article: str = ""
    earlier_context: str = ""
    earlier_source: str = ""
    event_id: str
    kind: Kind
    locale: str = ""
    meaning: str = ""
    number: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
    previous: str
    reason: str = ""
    role: str = ""
    source: str = ""
    target: str = ""
    text: str = ""


_decode = msgspec.json.Decoder(Body).decode
_encode = msgspec.json.Encoder().encode


def moment(now: dt.datetime) -> str:
    """Spell a moment as the ledger does: UTC, whole seconds.

    >>> moment(dt.datetime(2026, 3, 1, 9, 30, 5, 999, tzinfo=dt.UTC))
    '2026-03-01T09:30:05Z'
    """
    return now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_body(draft: Draft, *, number: int, previous: str, at: str) -> tuple[bytes, Event]:
    """Spell a draft at its place in the chain: (the bytes, what `read_body` makes of them).

    Raises LedgerError for what `read_body` refuses.
    """
    try:
        data = _encode(
            Body(
                actor=draft.actor,
                article=draft.article,
                at=at,
                category=draft.category,
                check=draft.check,
                context=draft.context,
                door=draft.door,
                earlier_article=draft.earlier_article,
                earlier_context=draft.earlier_context,
                earlier_source=draft.earlier_source,
                event_id=draft.event_id,
                kind=draft.kind,
                locale=draft.locale,
                meaning=draft.meaning,
                number=number,
                previous=previous,
                reason=draft.reason,
                role=draft.role,
                source=draft.source,
                target=draft.target,
                text=draft.text,
            )
        )
        return data, read_body(data)
    except (UnicodeEncodeError, TypeError, OverflowError, LedgerError) as error:
        raise LedgerError(
            f"event {draft.event_id!r} cannot be stored: {error}",
            advice="Nothing was stored; correct it and try again.",
        ) from None


def read_body(data: bytes) -> Event:
    """Read one body; its hash is computed here. Raises LedgerError (without a place: the caller
    knows it) unless the bytes are the canonical spelling of an event that its kind allows."""
    try:
        body = _decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LedgerError(f"not an event: {error}.") from None
    if _encode(body) != data:
        raise LedgerError(f"not in canonical form: {_difference(data, body)}.")
    problem = _wrong_fields(body) or _wrong_values(body) or _wrong_characters(body, data)
    if problem:
        raise LedgerError(problem)
    draft = Draft(
        body.event_id,
        body.kind,
        body.actor,
        body.door,
        body.role,
        body.article,
        body.locale,
        body.context,
        body.source,
        body.target,
        body.text,
        body.category,
        body.meaning,
        body.reason,
        body.check,
        body.earlier_article,
        body.earlier_context,
        body.earlier_source,
    )
    return Event(body.number, body.at, body.previous, hashlib.sha256(data).hexdigest(), draft)


def _wrong_fields(body: Body) -> str:
    required, forbidden = _GETTERS[body.kind]
    if body.actor and body.door and all(required(body)) and not any(forbidden(body)):
        return ""
    must, may = FIELDS[body.kind]
    missing = [name for name in ("actor", "door", *must) if not getattr(body, name)]
    if missing:
        return f"a {body.kind.value} event without {', '.join(missing)}."
    extra = [name for name in _VARYING if name not in (*must, *may) and getattr(body, name)]
    return f"a {body.kind.value} event has no {', '.join(extra)}."


def _wrong_values(body: Body) -> str:
    if not EVENT_ID.fullmatch(body.event_id):
        return f"the event_id {body.event_id[:120]!r} is not 1-100 of a-z 0-9 . _ : -."
    if not _HASH.fullmatch(body.previous):
        return f"previous is {body.previous[:120]!r}, not 64 lower-case hexadecimal digits."
    if body.category and body.category not in CATEGORIES:
        return f"the category {body.category[:120]!r} is none of {', '.join(CATEGORIES)}."
    if body.text and body.kind in _HASHED and not _HASH.fullmatch(body.text):
        return f"a {body.kind.value} event's text is {body.text[:120]!r}, not a SHA-256."
    if body.kind in _OF_PAGES and len({bool(getattr(body, name)) for name in _TEXTS}) > 1:
        return f"a {body.kind.value} event names a pair whole, or an article and a locale."
    if body.kind is Kind.CARRY_FORWARD and _stays(body):
        return "a carry_forward event from a place to itself."
    if body.check and not CHECK.fullmatch(body.check):
        return f"the check {body.check[:120]!r} is not 1-60 of a-z 0-9 -."
    try:
        if _MOMENT.fullmatch(body.at) and dt.datetime.fromisoformat(body.at):
            return ""
    except ValueError:
        pass
    return f"at is {body.at[:120]!r}, not a moment like 2026-03-01T09:30:05Z."


def _stays(body: Body) -> bool:
    earlier = (body.earlier_article or body.article, body.earlier_context, body.earlier_source)
    return earlier == (body.article, body.context, body.source)


def _wrong_characters(body: Body, data: bytes) -> str:
    # In canonical JSON a control character is either escaped or one of these raw bytes; most bodies
    # have none, and one search for bytes costs a tenth of one pattern per field.
    if not (
        b"\\" in data
        or b"\xc2" in data
        or b"\x7f" in data
        or b"\xe2\x80\xa8" in data
        or b"\xe2\x80\xa9" in data
    ):
        return ""
    for name in ("actor", "door", *_VARYING):
        pattern = _CONTROL_IN_TEXT if name in _MULTILINE else _CONTROL
        hit = pattern.search(getattr(body, name))
        if hit:
            code = f"U+{ord(hit[0]):04X}"
            return f"{name} holds the control character {code} at position {hit.start() + 1}."
    return ""


def _difference(data: bytes, body: Body) -> str:
    """Say where the spelling departs from the canonical one; the body is flat, so this is safe."""
    names = [name for name, _ in json.loads(data, object_pairs_hook=list)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        return f"the key {twice[0]} stands {names.count(twice[0])} times"
    expected = _encode(body)
    pairs = enumerate(zip(data, expected, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(data), len(expected)))
    found, wanted = (
        repr(text[at : at + 24].decode("utf-8", "replace")) for text in (data, expected)
    )
    return f"at byte {at + 1} found {found}, expected {wanted}"


def _getters(kind: Kind) -> tuple[attrgetter[tuple[str, ...]], attrgetter[tuple[str, ...]]]:
    must, may = FIELDS[kind]
    gone = [name for name in _VARYING if name not in (*must, *may)]
    # A getter of one name would give a bare value: the first name is asked for twice.
    return attrgetter(must[0], *must), attrgetter(gone[0], *gone)


_GETTERS = {kind: _getters(kind) for kind in FIELDS}
