"""Events found by a field of their bodies: all that reading the whole ledger would find."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from medloc.errors import LedgerError
from medloc.ledger import Ledger, open_ledger, sqlite
from medloc.model import Draft, Event, Kind

AT = "2026-03-01T09:00:00Z"


def ledger_of(tmp_path: Path) -> Ledger:
    made = open_ledger("sqlite:///ledger.sqlite", base=tmp_path)
    with made.transaction() as transaction:
        for number in range(40):
            article = f"article-{number % 4}"
            text = f'said {number} "article":"article-0"'
            transaction.append(
                [
                    Draft(f"p{number}", Kind.PROPOSE, "ann", "cli", "", article, "es", "a", text,
                          "x"),
                    Draft(f"r{number}", Kind.RECALL, "ann", "cli", "medical", article, "es",
                          reason="why"),
                ],
                at=AT,
            )  # fmt: skip
        transaction.append(
            [Draft("c", Kind.CARRY_FORWARD, "ed", "cli", "editor", "article-1", "", "a", "said",
                   reason="moved", earlier_article="article-9", earlier_context="a",
                   earlier_source="said")],
            at=AT,
        )  # fmt: skip
    return made


def test_found_is_what_reading_everything_finds(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    events = ledger.events()

    def wanted(**fields: str) -> tuple[Event, ...]:
        [(name, value)] = fields.items()
        return tuple(event for event in events if getattr(event.draft, name) == value)

    assert ledger.found("article", ["article-1"]) == wanted(article="article-1")
    assert ledger.found("earlier_article", ["article-9"]) == wanted(earlier_article="article-9")
    assert ledger.found("kind", ["recall"]) == wanted(kind="recall")
    assert ledger.found("article", ["article-0", "article-3", "none"]) == tuple(
        event for event in events if event.draft.article in ("article-0", "article-3")
    )


def test_a_transaction_finds_what_it_appended(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    with ledger.transaction() as transaction:
        [fresh] = transaction.append(
            [Draft("n", Kind.COMMENT, "ann", "cli", "", "new", "es", "a", "s", reason="?")], at=AT
        )
        assert transaction.found("article", ["new"]) == (fresh,)


def test_a_ledger_from_before_gets_its_indexes_with_the_next_event(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        for name in sqlite.INDEXES:
            connection.execute(f"DROP INDEX {name}")
    assert ledger.found("article", ["article-1"]) is None
    assert len(ledger.events()) == 81
    with ledger.transaction():
        pass
    assert len(ledger.found("article", ["article-1"]) or ()) == 21


def test_an_index_that_leaves_events_out_is_refused(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("DROP INDEX event_by_article")
        connection.execute(f"{sqlite.INDEXES['event_by_article']} WHERE number < 50")
    with pytest.raises(LedgerError, match="'event_by_article' is not as medloc made it"):
        ledger.found("article", ["article-1"])


def test_an_event_that_was_changed_is_not_found_as_if_it_were_whole(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute(
            "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'said 5', 'said 6') AS BLOB)"
        )
        connection.execute(sqlite.SCHEMA["event_no_update"])
    with pytest.raises(LedgerError, match="expected the columns of its body"):
        ledger.found("article", ["article-1"])
