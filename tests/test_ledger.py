"""What an event may say and how it is spelled: one form in bytes, everything else refused."""

import datetime as dt
import gc
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medloc.errors import LedgerError
from medloc.ledger import ZERO, moment
from medloc.ledger.bodies import FIELDS, Body, read_body, write_body
from medloc.ledger.chain import follow
from medloc.model import Draft, Kind
from tests.test_ledger_homes import AT, PAIR, PLACE

SAMPLES = {
    Kind.SOURCE: {"article": "clonus", "text": "---\ntitle: Clonus\n---\n\tText\n"},
    Kind.PROPOSE: PAIR,
    Kind.APPROVE: {**PAIR, "role": "medical", "meaning": "approved for publication"},
    Kind.WITHDRAW: {**PAIR, "role": "medical"},
    Kind.REQUEST_CHANGES: {
        **PAIR,
        "role": "medical",
        "category": "unsafe",
        "reason": "Dose.\nSee.",
    },
    Kind.COMMENT: {**PLACE, "reason": "Which unit?"},
    Kind.WAIVE: {**PAIR, "role": "medical", "check": "numbers", "reason": "A name, no number."},
    Kind.CARRY_FORWARD: {
        "article": "clonus",
        "context": "causes",
        "source": "Its causes",
        "earlier_context": "causes",
        "earlier_source": "Causes",
        "role": "editor",
        "reason": "Same meaning.",
    },
    Kind.RECALL: {"article": "clonus", "locale": "es", "role": "medical", "reason": "Unsafe."},
    Kind.RESTORE: {**PAIR, "role": "medical", "reason": "Read again."},
    Kind.RECONFIRM: {"article": "clonus", "locale": "es", "text": "cd" * 32, "role": "medical"},
    Kind.PUBLISH: {"text": "ab" * 32, "meaning": "published"},
}


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        (Kind.RECALL, {"source": "Causes"}, "names a pair whole, or an article and a locale"),
        (Kind.RESTORE, {"target": ""}, "names a pair whole, or an article and a locale"),
        (Kind.CARRY_FORWARD, {"source": "Causes"}, "from a place to itself"),
        (Kind.RECONFIRM, {"text": "today"}, "not a SHA-256"),
        (Kind.WAIVE, {"check": "Numbers!"}, "not 1-60 of"),
        (Kind.CARRY_FORWARD, {"locale": "es"}, "has no locale"),
    ],
)
def test_what_the_fields_of_a_kind_must_say_together(
    kind: Kind, fields: dict[str, str], found: str
) -> None:
    with pytest.raises(LedgerError, match=found):
        write_body(draft(1, kind, **fields), number=1, previous="0" * 64, at=AT)


def draft(number: int = 1, kind: Kind = Kind.PROPOSE, **fields: str) -> Draft:
    values = {"event_id": f"event-{number}", "actor": "medical-es", "door": "app:oidc"}
    return Draft(**{**values, **SAMPLES[kind], **fields}, kind=kind)


def spelled(**fields: object) -> bytes:
    """The canonical body of a propose event, some fields of it changed or (None) left out."""
    body: dict[str, object] = {
        "actor": "translator-es",
        "at": AT,
        "door": "app",
        "event_id": "event-1",
        "kind": "propose",
        "number": 1,
        "previous": ZERO,
        **PAIR,
        **fields,
    }
    body = {name: value for name, value in body.items() if value is not None}
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_read_as_it_was_written(kind: Kind) -> None:
    said = draft(kind=kind)
    body, event = write_body(said, number=7, previous="0a" * 32, at=AT)
    assert (event.draft, event.number, event.previous, event.at) == (said, 7, "0a" * 32, AT)
    assert event.hash == hashlib.sha256(body).hexdigest()
    assert read_body(body) == event


def test_every_kind_has_a_row_in_the_table_of_fields() -> None:
    assert FIELDS.keys() == set(Kind) == SAMPLES.keys()


def test_fields_of_a_body_stand_in_canonical_order() -> None:
    assert list(Body.__struct_fields__) == sorted(Body.__struct_fields__)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)


@given(source=TEXTS, target=TEXTS, actor=TEXTS, number=st.integers(1, 2**53 - 1))
def test_a_body_is_spelled_as_json_with_sorted_keys(
    source: str, target: str, actor: str, number: int
) -> None:
    said = draft(source=source, target=target + "\n\t", actor=actor)
    body, event = write_body(said, number=number, previous=ZERO, at=AT)
    fields = dict(PAIR, source=source, target=target + "\n\t", actor=actor, number=number)
    assert body == spelled(**{**fields, "door": "app:oidc"})
    assert event.draft == said


REFUSED = {
    "not JSON": (b"{", "not an event"),
    "not an object": (b"[1]", "not an event"),
    "empty": (b"", "not an event"),
    "nested without end": (b"[" * 200_000, "not an event"),
    "nested in a field": (b'{"actor":' + b"[" * 200_000, "not an event"),
    "invalid UTF-8": (spelled().replace(b"mg", b"\xff\xfe"), "not an event.*utf-8"),
    "lone surrogate in bytes": (spelled().replace(b"mg", b"\xed\xa0\x80"), "not an event"),
    "lone surrogate escaped": (spelled().replace(b"mg", b"\\ud800"), "not an event"),
    "byte order mark": (b"\xef\xbb\xbf" + spelled(), "not an event"),
    "duplicate key": (
        spelled().replace(b'"at":', b'"at":"2020-01-01T00:00:00Z","at":'),
        "canonical form: the key at stands 2 times",
    ),
    "white space": (spelled().replace(b":1,", b": 1,"), "canonical form: at byte"),
    "newline at the end": (spelled() + b"\n", "canonical form: at byte"),
    "other order of keys": (
        spelled(number=None)[:-1] + b',"number":1}',
        "canonical form: at byte",
    ),
    "escape that is not needed": (spelled().replace(b"mg", b"m\\u0067"), "canonical form: at byte"),
    "empty field kept": (spelled(role=""), "canonical form: at byte"),
    "float": (spelled().replace(b":1,", b":1.0,"), "not an event|canonical form"),
    "exponent": (spelled().replace(b":1,", b":1e0,"), "not an event|canonical form"),
    "null": (spelled().replace(b":1,", b":null,"), "not an event"),
    "number as text": (spelled(number="1"), "not an event.*Expected `int`"),
    "true for a number": (spelled(number=True), "not an event.*Expected `int`"),
    "text as number": (spelled(actor=5), "not an event.*Expected `str`"),
    "number zero": (spelled(number=0), "not an event"),
    "number beyond exact floats": (spelled(number=2**53), "not an event"),
    "huge number": (spelled().replace(b":1,", b":" + b"9" * 5000 + b","), "not an event"),
    "unknown kind": (spelled(kind="bless"), "not an event.*bless"),
    "unknown field": (spelled(colour="red"), "not an event.*unknown field `colour`"),
    "missing number": (spelled(number=None), "not an event.*number"),
    "missing actor": (spelled(actor=None), "not an event.*actor"),
    "empty actor": (spelled(actor=""), "a propose event without actor"),
    "empty door": (spelled(door=""), "a propose event without door"),
    "missing target": (spelled(target=None), "a propose event without target"),
    "field of another kind": (spelled(category="style"), "a propose event has no category"),
    "text of a source event": (spelled(text="x"), "a propose event has no text"),
    "capital hash": (spelled(previous="A" * 64), "previous is 'A+'"),
    "short hash": (spelled(previous="0" * 63), "previous is '0+'"),
    "event id with a space": (spelled(event_id="a b"), "event_id 'a b'"),
    "event id too long": (spelled(event_id="a" * 101), "event_id 'a+'"),
    "local time": (spelled(at="2026-03-01T09:30:05"), "at is"),
    "day that is none": (spelled(at="2026-02-30T09:30:05Z"), "at is"),
    "Arabic digits in a time": (spelled(at="٢٠٢٦-03-01T09:30:05Z"), "at is"),
    "NUL in a wording": (spelled(target="a\x00"), r"target holds .* U\+0000 at position 2"),
    "CR in a wording": (spelled(target="a\rb"), r"target holds .* U\+000D"),
    "DEL in a source": (spelled(source="\x7f"), r"source holds .* U\+007F"),
    "NEL in a wording": (spelled(target="a\x85"), r"target holds .* U\+0085"),
    "line separator": (spelled(target="a\u2028"), r"target holds .* U\+2028"),
    "paragraph separator": (spelled(target="a\u2029"), r"target holds .* U\+2029"),
    "newline in a name": (spelled(actor="a\nb"), r"actor holds .* U\+000A"),
    "tab in a locale": (spelled(locale="e\ts"), r"locale holds .* U\+0009"),
    "unknown category": (
        spelled(kind="request_changes", category="ugly", reason="x", role="medical"),
        "category 'ugly' is none of unsafe, wrong, style",
    ),
    "request without a reason": (
        spelled(kind="request_changes", category="wrong", role="medical"),
        "a request_changes event without reason",
    ),
    "approval without role and meaning": (spelled(kind="approve"), "without role, meaning"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_body_is_refused(case: str) -> None:
    data, expected = REFUSED[case]
    with pytest.raises(LedgerError, match=f"(?s){expected}"):
        read_body(data)


def test_the_body_the_refused_ones_were_made_from_is_read() -> None:
    assert read_body(spelled()).draft.target == PAIR["target"]


def test_a_departure_from_the_canonical_form_is_pointed_at() -> None:
    with pytest.raises(LedgerError) as caught:
        read_body(b'{ "actor"' + spelled()[8:])
    found, expected = '{ "actor":"translator-es"', '{"actor":"translator-es",'
    assert f"at byte 2 found {found[1:]!r}, expected {expected[1:]!r}" in str(caught.value)


def test_the_largest_number_is_read() -> None:
    assert read_body(spelled(number=2**53 - 1)).number == 2**53 - 1


@pytest.mark.parametrize("on", [True, False])
def test_reading_leaves_the_collector_as_it_was(on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        assert follow([(spelled(),)], lambda number, found: LedgerError(found))
        assert gc.isenabled() == on
    finally:
        (gc.enable if before else gc.disable)()


def test_publish_names_a_manifest_by_its_hash() -> None:
    with pytest.raises(LedgerError, match="not a SHA-256"):
        write_body(draft(kind=Kind.PUBLISH, text="yes"), number=1, previous=ZERO, at=AT)


def test_moment_of_another_zone_is_spelled_in_utc() -> None:
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert moment(dt.datetime(2026, 3, 1, 15, 0, 5, tzinfo=zone)) == AT


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10_000), st.integers(1, 255))
def test_any_byte_flipped_in_any_body_is_seen(row: int, position: int, flip: int) -> None:
    rows: list[list[Any]] = []
    previous = ZERO
    for number in range(1, 6):
        body, event = write_body(draft(number), number=number, previous=previous, at=AT)
        rows.append([number, f"event-{number}", previous, event.hash, body])
        previous = event.hash
    flipped = bytearray(rows[row - 1][-1])
    flipped[position % len(flipped)] ^= flip
    rows[row - 1][-1] = bytes(flipped)
    with pytest.raises(LedgerError, match=rf"^{row}: "):
        follow([tuple(r) for r in rows], lambda number, found: LedgerError(f"{number}: {found}"))
