"""The full sizes of tests/test_ledger_writers.py: `make soak`."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests import postgres as real
from tests.soak.record import percentiles, recorded
from tests.test_ledger_homes import HOMES, Home
from tests.test_ledger_writers import kill_server, kill_writers, race

pytestmark = pytest.mark.soak
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@pytest.fixture(params=HOMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(name: str, tmp_path: Path) -> Home:
    return HOMES[name](tmp_path)


def test_16_writers_of_500_events(name: str, home: Home) -> None:
    title = f"ledger: 16 writers of 500 events at once, {NAMES[name]}"
    with recorded(title, 16 * 500) as measured:
        seconds = race(home, 16, 500)
        measured |= {"lost, forked or twice": 0, **percentiles(seconds)}
        assert percentiles(seconds)["p99"] < 0.5


def test_2000_kills_of_4_writers(name: str, home: Home) -> None:
    with recorded(f"ledger: kill -9 of one of 4 writers, {NAMES[name]}", 2000) as measured:
        count = kill_writers(home, 4, 2000, seed=1)
        measured |= {"events_acknowledged": count, "lost": 0}


@pytest.mark.skipif(real.binaries() is None, reason=real.MISSING)
def test_100_crashes_of_the_server_under_4_writers() -> None:
    server = real.new_server()
    try:
        with recorded("ledger: PostgreSQL crashes under 4 writers", 100) as measured:
            count = kill_server(server, 4, 100, (signal.SIGKILL, signal.SIGQUIT), seed=1)
            measured |= {"events_acknowledged": count, "lost": 0}
    finally:
        server.remove()
