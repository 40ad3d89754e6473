"""The full sizes of tests/test_ledger_writers.py: `make soak`. Each prints what it measured."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests import postgres as real
from tests.test_ledger_homes import HOMES, Home
from tests.test_ledger_writers import kill_server, kill_writers, race

pytestmark = pytest.mark.soak


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return HOMES[request.param](tmp_path)


def test_16_writers_of_500_events(home: Home) -> None:
    seconds = race(home, 16, 500)
    p99 = seconds[int(len(seconds) * 0.99)]
    print(f"\n{type(home).__name__}: {len(seconds)} events, 0 lost, 0 forks, 0 duplicates")
    print(
        f"median {seconds[len(seconds) // 2]:.3f} s, p99 {p99:.3f} s, slowest {seconds[-1]:.3f} s"
    )
    assert p99 < 0.5


def test_2000_kills_of_4_writers(home: Home) -> None:
    count = kill_writers(home, 4, 2000, seed=1)
    print(f"\n{type(home).__name__}: 2,000 kills, {count} acknowledged, 0 lost")


@pytest.mark.skipif(real.binaries() is None, reason=real.MISSING)
def test_100_crashes_of_the_server_under_4_writers() -> None:
    server = real.new_server()
    try:
        count = kill_server(server, 4, 100, (signal.SIGKILL, signal.SIGQUIT), seed=1)
    finally:
        server.remove()
    print(f"\nPostgreSQL: 100 crashes, {count} acknowledged, 0 lost")
