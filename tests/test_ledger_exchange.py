"""The ledger as JSON Lines: byte-exact both ways, fast-forward only, each refusal with its line."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from medloc.errors import LedgerError
from medloc.ledger import ForkError, Ledger, export_lines, import_lines
from medloc.ledger.bodies import write_body
from medloc.model import Event, Kind
from tests.test_ledger_homes import AT, HOMES, Home, five, phrase, stored

GOLDEN = Path(__file__).parent / "fixtures" / "ledger" / "golden.jsonl"
FILE = "decisions.jsonl"


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return HOMES[request.param](tmp_path)


def anybody(event: Event) -> str:
    return ""


def take_in(ledger: Ledger, data: bytes) -> tuple[Event, ...]:
    return import_lines(ledger, data, path=FILE, known_people=anybody)


def test_export_and_import_give_the_same_bytes_and_events(home: Home) -> None:
    first, second = five(home), home.open("second")
    data = export_lines(first)
    assert data.count(b"\n") == 5
    assert data.endswith(b"}\n")
    assert take_in(second, data) == first.events()
    assert export_lines(second) == data
    assert second.head() == first.head()


def test_the_format_of_a_release_stays_readable(home: Home) -> None:
    ledger, data = home.open(), GOLDEN.read_bytes()
    events = take_in(ledger, data)
    assert {event.draft.kind for event in events} == set(Kind)
    assert export_lines(ledger) == data
    assert ledger.head() == (
        len(Kind),
        "704dab7ef97c9f1e5b017c5cd67fc8c2096c74e9127b6bf98e37b94c6ee4e924",
    )


def test_import_again_has_nothing_to_do(home: Home) -> None:
    ledger = five(home)
    data = export_lines(ledger)
    assert take_in(ledger, data) == ()
    assert export_lines(ledger) == data


def test_import_of_an_older_export_has_nothing_to_do(home: Home) -> None:
    ledger = five(home)
    data = export_lines(ledger)
    older = b"".join(data.splitlines(keepends=True)[:2])
    assert take_in(ledger, older) == ()
    assert export_lines(ledger) == data


def test_import_appends_only_what_is_new(home: Home) -> None:
    behind, ahead = five(home), five(home, "ahead")
    with ahead.transaction() as tx:
        new = tx.append([phrase(6), phrase(7)], at="2026-03-02T09:30:05Z")
    assert take_in(behind, export_lines(ahead)) == new
    assert export_lines(behind) == export_lines(ahead)


def test_nothing_in_nothing_makes_no_file(home: Home) -> None:
    assert export_lines(home.open()) == b""
    assert take_in(home.open(), b"") == ()
    assert not home.open().exists()


def test_last_line_may_lack_its_end(home: Home) -> None:
    data = export_lines(five(home))
    second = home.open("second")
    assert len(take_in(second, data.rstrip(b"\n"))) == 5
    assert export_lines(second) == data


def test_fork_names_the_common_ancestor_and_both_tails(home: Home) -> None:
    ours = five(home)
    theirs = stored(home, phrase(1), phrase(2), phrase(8, actor="medical-es"), name="theirs")
    before = export_lines(ours)
    with pytest.raises(ForkError) as caught:
        take_in(ours, export_lines(theirs))
    error = caught.value
    assert (error.ancestor, error.path, error.line) == (2, FILE, 3)
    assert (error.ours, error.theirs) == (ours.events()[2:], theirs.events()[2:])
    text = str(error)
    assert text.startswith(f"{FILE}:3: the ledgers went different ways after event 2.")
    assert f"this ledger: 3 events\n  3 {AT} medical-es propose clonus es " in text
    assert f"the file: 1 events\n  3 {AT} medical-es propose clonus es " in text
    assert "cannot be joined" in text
    assert export_lines(ours) == before


def test_fork_from_the_start_shows_a_part_of_long_tails(home: Home) -> None:
    ours = five(home)
    theirs = stored(home, phrase(1, actor="other"), name="theirs")
    with pytest.raises(
        ForkError, match=r"(?s)after event 0.*5 events.*and 2 more.*1 events"
    ) as caught:
        take_in(ours, export_lines(theirs))
    assert caught.value.ancestor == 0


def edited(data: bytes, number: int, change: tuple[bytes, bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    assert change[0] in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(*change)
    return b"".join(lines)


def reordered(data: bytes, *numbers: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[number - 1] for number in numbers)


def forged(data: bytes, number: int, event_id: str) -> bytes:
    """A sixth line that names the right hash before it."""
    previous = hashlib.sha256(data.splitlines()[4]).hexdigest()
    said = replace(phrase(6), event_id=event_id)
    return data + write_body(said, number=number, previous=previous, at=AT)[0] + b"\n"


BROKEN = {
    "a word edited": (lambda d: edited(d, 3, (b"Frase", b"Fraze")), 4, "expected the hash before"),
    "a key edited": (lambda d: edited(d, 3, (b'"actor"', b'"actors"')), 3, "unknown field"),
    "a line deleted": (lambda d: reordered(d, 1, 2, 4, 5), 3, "expected event 3, found event 4"),
    "first line deleted": (lambda d: reordered(d, 2, 3), 1, "expected event 1, found event 2"),
    "two lines swapped": (lambda d: reordered(d, 1, 3, 2), 2, "expected event 2, found event 3"),
    "a line doubled": (lambda d: reordered(d, 1, 2, 2), 3, "expected event 3, found event 2"),
    "an event id used again": (lambda d: forged(d, 6, "event-2"), 6, "'event-2' stands in line 2"),
    "a number skipped": (lambda d: forged(d, 7, "x"), 6, "expected event 6, found event 7"),
    "cut inside a line": (lambda d: d[:-20], 5, "not an event"),
    "an empty line": (lambda d: d.replace(b"}\n", b"}\n\n", 1), 2, "empty line"),
    "an empty line at the end": (lambda d: d + b"\n", 6, "empty line"),
    "only a line end": (lambda d: b"\n", 1, "empty line"),
    "CRLF": (lambda d: d.replace(b"\n", b"\r\n"), 1, "CRLF"),
    "byte order mark": (lambda d: b"\xef\xbb\xbf" + d, 1, "byte order mark"),
    "conflict marker": (lambda d: edited(d, 3, (b"{", b"<<<<<<< ours\n{")), 3, "not an event"),
    "invalid UTF-8": (lambda d: edited(d, 2, ("中".encode(), b"\xff")), 2, "utf-8"),
    "UTF-16": (lambda d: d.decode().encode("utf-16-le"), 1, "not an event"),
    "another file": (lambda d: b"title: Clonus\n", 1, "not an event"),
    "one array": (lambda d: b"[" + d.strip().replace(b"\n", b",") + b"]", 1, "not an event"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_refused_with_its_line(case: str, home: Home) -> None:
    change, line, expected = BROKEN[case]
    data = change(export_lines(five(home)))
    for target in (home.open("empty"), stored(home, phrase(1), name="behind")):
        before = export_lines(target)
        with pytest.raises(LedgerError, match=f"^{re.escape(FILE)}:{line}: .*{expected}") as caught:
            take_in(target, data)
        assert "Nothing was imported" in str(caught.value)
        assert export_lines(target) == before
    assert not home.open("empty").exists()


def test_problem_with_a_person_stops_the_import(home: Home) -> None:
    data = export_lines(five(home))
    second = stored(home, phrase(1), phrase(2), name="second")
    asked: list[int] = []

    def known(event: Event) -> str:
        asked.append(event.number)
        return "nobody is called medical-es." if event.number == 4 else ""

    with pytest.raises(LedgerError, match=f"{FILE}:4: nobody is called medical-es"):
        import_lines(second, data, path=FILE, known_people=known)
    assert asked == [3, 4]
    assert second.head()[0] == 2


def test_export_refuses_a_broken_ledger(home: Home) -> None:
    ledger = five(home)
    home.behind_triggers("DELETE FROM event WHERE number = 2")
    with pytest.raises(LedgerError, match="event 2: expected event 2, found event 3"):
        export_lines(ledger)


@pytest.mark.parametrize("way", [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_ledger_moves_to_the_other_database_and_back_byte_for_byte(
    way: tuple[str, str], tmp_path: Path
) -> None:
    here, there = (HOMES[name](tmp_path) for name in way)
    first, second, again = five(here), there.open("second"), here.open("third")
    data = export_lines(first)
    assert take_in(second, data) == first.events()
    assert export_lines(second) == data
    with second.transaction() as tx:
        new = tx.append([phrase(2), phrase(6)], at="2026-03-02T09:30:05Z")
    assert [event.number for event in new] == [2, 6]
    assert take_in(first, export_lines(second)) == new[1:]
    assert len(take_in(again, export_lines(second))) == 6
    assert export_lines(again) == export_lines(first) == export_lines(second)


def test_a_fork_between_databases_is_refused(tmp_path: Path) -> None:
    ours, theirs = (five(make(tmp_path)) for make in HOMES.values())
    for ledger, actor in ((ours, "linguist-es"), (theirs, "doctor-es")):
        with ledger.transaction() as tx:
            tx.append([phrase(6, actor=actor)], at=AT)
    for one, other in ((ours, theirs), (theirs, ours)):
        with pytest.raises(ForkError, match="different ways after event 5") as caught:
            take_in(one, export_lines(other))
        assert (len(caught.value.ours), len(caught.value.theirs)) == (1, 1)
        assert one.head()[0] == 6
