"""Many people at one catalog, in full: `make soak`. The functions are test_catalog_crashes'."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.crowd import counts
from tests.soak.record import percentiles, recorded
from tests.test_catalog_crashes import edit_apart, edit_together, kill_editors, review
from tests.test_ledger_homes import HOMES

pytestmark = pytest.mark.soak
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def test_catalogs_two_editors_of_2000_edits_of_different_entries(tmp_path: Path) -> None:
    with recorded("catalogs: two processes edit different entries", 4000) as measured:
        said = edit_apart(tmp_path, 2000)
        assert counts(said) == {"edits done": 4000}
        measured |= {"edits lost": 0, **percentiles(one["seconds"] for one in said)}


def test_catalogs_two_editors_of_2000_edits_of_one_entry(tmp_path: Path) -> None:
    with recorded("catalogs: two processes edit one entry", 4000) as measured:
        said = edit_together(tmp_path, 2000)
        measured |= {**counts(said), **percentiles(one["seconds"] for one in said)}


def test_catalogs_500_kills_while_editing(tmp_path: Path) -> None:
    with recorded("catalogs: kill -9 while editing (ledger first, then catalog)", 500) as measured:
        measured |= kill_editors(tmp_path, 500, seed=1)


@pytest.mark.parametrize("name", HOMES)
def test_review_of_10_messages_by_16_reviewers_and_4_translators(name: str, tmp_path: Path) -> None:
    title = f"review: 16 reviewers and 4 translators on 10 messages, {NAMES[name]}"
    ledger = HOMES[name](tmp_path).address()
    with recorded(title, 10_000) as measured:
        said = review(
            tmp_path / "project", reviewers=16, translators=4, operations=500, ledger=ledger
        )
        measured |= {**counts(said), **percentiles(one["seconds"] for one in said)}
