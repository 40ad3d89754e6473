"""The full sizes of tests/test_catalog_crashes.py: `make soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.record import record, recorded
from tests.soak.system_calls import MISSING, Saver
from tests.test_catalog_crashes import fill_disk, kill_savers

pytestmark = pytest.mark.soak


def test_catalogs_1000_kills_while_saving(tmp_path: Path) -> None:
    with recorded("catalogs: kill -9 while saving", 1000) as measured:
        measured |= kill_savers(tmp_path / "es" / "a.po", 1000, entries=100, seed=1)


def test_catalogs_disk_full_at_every_size(tmp_path: Path) -> None:
    count = fill_disk(tmp_path / "es" / "a.po", entries=100)
    record("catalogs: disk full (RLIMIT_FSIZE), every size of limit", count, 0)


@pytest.mark.skipif(MISSING is not None, reason=str(MISSING))
@pytest.mark.parametrize("fresh", [False, True], ids=["over another", "a first one"])
def test_catalogs_every_system_call_fails_or_kills(tmp_path: Path, fresh: bool) -> None:
    saver = Saver(tmp_path, 8, fresh=fresh)
    count = saver.run()
    kind = "a first save" if fresh else "a save"
    ends = ", ".join(f"{number:,} {end}" for end, number in sorted(saver.ends.items()))
    title = f"catalogs: n-th system call of {kind} failing (strace), every n"
    record(title, count, len(saver.failures), ended=ends)
    assert saver.failures == []
