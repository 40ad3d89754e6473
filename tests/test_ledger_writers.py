"""Many writers and sudden death, on SQLite and PostgreSQL: whatever was acknowledged is there.

These are the short forms; tests/soak/ledger_soak.py runs the same functions in full.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from medloc.ledger import Ledger, open_ledger
from tests import postgres as real
from tests.test_ledger_homes import AT, HOMES, Home, phrase

WRITER = Path(__file__).parent / "soak" / "ledger_writer.py"


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return HOMES[request.param](tmp_path)


class Writer:
    """A process that appends; what it acknowledged until it was killed or came to its end."""

    def __init__(self, address: str, name: str, *options: float) -> None:
        command = [sys.executable, str(WRITER), address, name, *map(str, options)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.acknowledged: list[str] = []
        self.seconds: list[float] = []
        self.errors = ""
        self._readers = [threading.Thread(target=f) for f in (self._read, self._read_errors)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):  # a killed writer may leave half a line
                event_id, seconds = line.split()
                self.acknowledged.append(event_id)
                self.seconds.append(float(seconds))

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def end(self, timeout: float = 300) -> None:
        """Wait for its end and for the last of what it said."""
        try:
            self.process.wait(timeout)
        finally:
            self.process.kill()
            self.process.wait()
            for reader in self._readers:
                reader.join()
            for pipe in (self.process.stdout, self.process.stderr):
                if pipe is not None:
                    pipe.close()


def race(home: Home, writers: int, turns: int) -> list[float]:
    """Let processes write, and prove the ledger holds exactly what they said; seconds of each."""
    running = [Writer(home.address(), f"writer{n}", turns, 1) for n in range(writers)]
    for writer in running:
        writer.end(timeout=1800)
    assert [writer.errors for writer in running] == [""] * writers
    found = ids(home.open())
    assert sorted(found) == sorted(i for writer in running for i in writer.acknowledged)
    assert len(set(found)) == len(found) == writers * turns
    return sorted(seconds for writer in running for seconds in writer.seconds)


def kill_writers(home: Home, writers: int, kills: int, *, seed: int) -> int:
    """Kill writers at random moments, always starting another; how many were acknowledged.

    Proves: what was acknowledged is there, once, and every transaction is there whole.
    """
    chance, size = random.Random(seed), 3
    running: list[Writer] = []
    dead: list[Writer] = []
    for turn in range(kills):
        while len(running) < writers:
            running.append(Writer(home.address(), f"writer{turn}-{len(running)}", 10**6, size))
        victim = running.pop(chance.randrange(writers))
        wait_for(lambda one=victim: bool(one.acknowledged))  # type: ignore[misc]
        time.sleep(chance.random() / 10)
        victim.process.kill()
        dead.append(victim)
    for writer in running:
        writer.process.kill()
    for writer in (*dead, *running):
        writer.end()
        assert writer.errors == ""
    return prove_stored(home.open(), [*dead, *running], size)


def kill_server(
    server: real.Server, writers: int, kills: int, how: tuple[signal.Signals, ...], *, seed: int
) -> int:
    """Crash the server under writers who ask again with the same event ids; acknowledged events."""
    chance = random.Random(seed)
    address = server.database("ledger")
    running = [Writer(address, f"writer{n}", 10**6, 2, 60) for n in range(writers)]
    try:
        for turn in range(kills):
            before = [len(writer.acknowledged) for writer in running]
            wait_for(
                lambda before=before: all(  # type: ignore[misc]
                    len(writer.acknowledged) > count
                    for writer, count in zip(running, before, strict=True)
                )
            )
            time.sleep(chance.random() / 10)
            server.stop(how[turn % len(how)])
            server.start()
    finally:
        for writer in running:
            writer.process.kill()
            writer.end()
    assert [writer.errors for writer in running] == [""] * writers
    return prove_stored(open_ledger(address, base=Path()), running, 2)


def prove_stored(ledger: Ledger, writers: list[Writer], size: int) -> int:
    """The chain is whole, holds all that was acknowledged, nothing twice, no half transaction."""
    found = ids(ledger)
    acknowledged = {event_id for writer in writers for event_id in writer.acknowledged}
    assert acknowledged <= set(found)
    assert len(set(found)) == len(found)
    transactions = Counter(name.rpartition("-")[0] for name in found)
    assert set(transactions.values()) == {size}
    return len(acknowledged)


def ids(ledger: Ledger) -> list[str]:
    return [event.draft.event_id for event in ledger.events()]


def wait_for(condition: Callable[[], bool], timeout: float = 120) -> None:
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "the writers stand still"
        time.sleep(0.005)


def test_four_processes_never_fork_the_chain(home: Home) -> None:
    assert len(race(home, 4, 50)) == 200


def test_threads_of_one_process_never_fork_the_chain(home: Home) -> None:
    ledger = home.open()

    def write(name: int) -> None:
        for turn in range(10):
            with ledger.transaction() as tx:
                tx.append([phrase(name * 100 + turn)], at=AT)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids(ledger))) == 40


def test_what_was_acknowledged_survives_kill_9_of_writers(home: Home) -> None:
    assert kill_writers(home, 2, 8, seed=5) >= 24


@pytest.mark.skipif(real.binaries() is None, reason=real.MISSING)
def test_what_was_acknowledged_survives_a_crash_of_the_server() -> None:
    server = real.new_server()
    try:
        count = kill_server(server, 4, 2, (signal.SIGQUIT, signal.SIGKILL), seed=5)
    finally:
        server.remove()
    assert count >= 16
