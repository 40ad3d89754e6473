"""Catalogs under kills, full disks, failing calls and each other: short forms of `make soak`."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from medloc import files
from medloc.catalogs import read_catalog, save_catalog, write_catalog
from medloc.errors import MedlocError
from medloc.model import Kind
from tests.soak import crowd
from tests.soak.catalog_writer import number_of, version_of

PROGRAM = Path(__file__).parent / "soak" / "catalog_writer.py"


def start(work: str, path: Path, entries: int) -> subprocess.Popen[str]:
    """Start the program on a catalog of version 0."""
    if not path.exists():
        path.parent.mkdir(parents=True)
        path.write_bytes(write_catalog(version_of(0, entries)))
    locks = path.parent.parent / "locks"
    command = [sys.executable, str(PROGRAM), work, str(path), str(locks), str(entries)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_savers(path: Path, kills: int, *, entries: int, seed: int) -> dict[str, int]:
    """Kill a process that saves version after version, at random moments; each time the file is
    one whole version: the last it named, or the one after."""
    chance, named, inside = random.Random(seed), 0, 0
    for _ in range(kills):
        with start("loop", path, entries) as saver:
            assert saver.stdout is not None
            said = [saver.stdout.readline()]
            reader = threading.Thread(target=lambda s=saver, a=said: a.extend(s.stdout))
            reader.start()
            time.sleep(chance.random() / 20)
            saver.kill()
            reader.join()
        whole = [line for line in said if line.endswith("\n")]
        named += len(whole)
        number = number_of(read_catalog(path, name="es.po"), entries)
        assert number - int(whole[-1]) in (0, 1)
        left = files.leftovers(path.parent)
        assert {path, *left} == set(path.parent.iterdir())
        inside += bool(left)
        for file in left:
            file.unlink()
    return {"saves_named": named, "kills_inside_a_write": inside}


def fill_disk(path: Path, *, entries: int) -> int:
    """Save under every limit of file size from 0 to past the file: the new file is saved whole, or
    the error says that it could not be written and the old file is as it was. How many limits."""
    with start("limits", path, entries) as saver:
        said, _ = saver.communicate()
    old, new = (sha256(write_catalog(version_of(number, entries))).hexdigest() for number in (0, 1))
    rows = [line.split() for line in said.splitlines()]
    size = int(rows[0][1])
    assert len(rows) == size + 2
    for limit, row in enumerate(rows):
        end = ["saved", new, "0"] if limit >= size else ["refused", old, "0"]
        assert row == [str(limit), str(size), *end]
    return len(rows)


class Failing:
    """Calls into the system, of which the n-th fails, or the n-th and all after it."""

    NAMES = ("open", "stat", "lstat", "mkdir", "fchmod", "fsync", "replace", "unlink", "close")

    def __init__(self, patch: pytest.MonkeyPatch, turn: int, code: int, *, lasting: bool) -> None:
        self.turn, self.code, self.lasting, self.made = turn, code, lasting, 0
        self.failed: list[str] = []
        for name in self.NAMES:
            patch.setattr(os, name, self._wrap(name, getattr(os, name)))
        patch.setattr(os, "fdopen", self._opening(os.fdopen))
        patch.setattr(Path, "read_bytes", self._wrap("read_bytes", Path.read_bytes))

    def _wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            self.made += 1
            if self.made == self.turn or (self.lasting and self.made > self.turn):
                if name == "close":  # as Linux does: closed all the same
                    call(*arguments)
                self.failed.append(f"{name} {arguments[:1]}")
                raise OSError(self.code, os.strerror(self.code))
            return call(*arguments, **options)

        return called

    def _opening(self, fdopen: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def opened(*arguments: Any, **options: Any) -> Iterator[Any]:
            with fdopen(*arguments, **options) as file:
                yield _File(self._wrap("write", file.write), self._wrap("flush", file.flush))
                self._wrap("close", lambda: None)()

        return opened


class _File:
    def __init__(self, write: Callable[..., Any], flush: Callable[..., Any]) -> None:
        self.write, self.flush = write, flush


def fail_calls(folder: Path, code: int, *, lasting: bool) -> list[str]:
    """Save with the first call failing, then the second ... until none is left to fail; what was
    done in spite of a failure."""
    before, after = version_of(0, 3), version_of(1, 3)
    old, new = write_catalog(before), write_catalog(after)
    saved: list[str] = []
    turn = 0
    while True:
        turn += 1
        path = folder / f"{turn}" / "es.po"
        path.parent.mkdir()
        path.write_bytes(old)
        on_disk, said = read_catalog(path, name="es.po"), ""
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, turn, code, lasting=lasting)
            try:
                save_catalog(path, on_disk, after, locks=folder / "locks")
            except MedlocError as error:
                said = str(error)
        if not failing.failed:
            assert turn > 20
            return saved
        now = path.read_bytes()
        where = f"{turn}: {failing.failed}: {said}"
        assert now in (old, new), where
        # What is said of the file is what is so.
        assert ("old file is as it was" in said) <= (now == old), where
        assert ("new file is in place" in said) <= (now == new), where
        if not said:
            assert now == new, where
            saved.append(failing.failed[0].split()[0])
        left = {file.name for file in path.parent.iterdir()} - {"es.po"}
        assert all(name.startswith(".medloc-") for name in left), where
        if not lasting:
            assert not left, where


def edit_apart(root: Path, edits: int) -> list[crowd.Said]:
    """Two processes edit different entries of one catalog; each edit is there."""
    content = crowd.project(root, ["ann", "ben"])
    before, ids = crowd.hashes(content), crowd.messages(content)
    halves = (ids[::2], ids[1::2])
    people = [(n, edits, 0, 0, i) for n, i in zip(("ann", "ben"), halves, strict=True)]
    said = crowd.work(content, people)
    assert crowd.overrun(content, said, before) == []
    return said


def edit_together(root: Path, edits: int) -> list[crowd.Said]:
    """Two processes edit one entry, often from a stale view; the loser of each turn is told."""
    content = crowd.project(root, ["ann", "ben"])
    before, ids = crowd.hashes(content), crowd.messages(content)[:1]
    said = crowd.work(content, [(name, edits, 20, 0, ids) for name in ("ann", "ben")])
    assert crowd.overrun(content, said, before) == []
    return said


def kill_editors(root: Path, kills: int, *, seed: int) -> dict[str, int]:
    """Kill a process that edits, at random moments: the ledger knows every wording of the catalog,
    and what was told of is in both."""
    chance, content = random.Random(seed), crowd.project(root, ["ann"])
    before = crowd.hashes(content)
    said: list[crowd.Said] = []
    for _ in range(kills):
        said += crowd.work_until_killed(content, "ann", chance.random() / 20)
        assert crowd.unproposed(content, said, before) == []
    proposed = sum(event.draft.kind is Kind.PROPOSE for event in crowd.stored_events(content))
    return {"edits_told_of": len(said), "edits_killed_after_the_ledger": proposed - len(said)}


def review(
    root: Path,
    *,
    reviewers: int,
    translators: int,
    operations: int,
    ledger: str = "sqlite:///ledger.sqlite",
) -> list[crowd.Said]:
    """Reviewers and translators at the same ten messages, each in a process, many of them with
    stale views; translators try to approve too."""
    readers = [f"reviewer{number}" for number in range(reviewers)]
    writers = [f"writer{number}" for number in range(translators)]
    content = crowd.project(root, [*readers, *writers], ledger)
    before, ids = crowd.hashes(content), crowd.messages(content)
    people = [(name, operations, 15, 100, ids) for name in readers]
    people += [(name, operations, 15, 10, ids) for name in writers]
    said = crowd.work(content, people)
    assert crowd.overrun(content, said, before) == []
    assert crowd.misnamed(content, said) == []
    return said


def test_killed_while_saving_leaves_one_whole_version(tmp_path: Path) -> None:
    found = kill_savers(tmp_path / "es" / "a.po", 6, entries=40, seed=3)
    assert found["saves_named"] >= 6


def test_killed_while_editing_leaves_no_words_the_ledger_has_not(tmp_path: Path) -> None:
    assert kill_editors(tmp_path, 3, seed=4)["edits_told_of"] >= 3


def test_a_full_disk_keeps_the_old_catalog_at_every_size(tmp_path: Path) -> None:
    assert fill_disk(tmp_path / "es" / "a.po", entries=3) > 300


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_no_failing_call_is_taken_for_a_success(tmp_path: Path, code: int, lasting: bool) -> None:
    saved = fail_calls(tmp_path, code, lasting=lasting)
    # Only questions whose answer is not needed, and at last the close of the lock file.
    assert set(saved) <= {"stat", "lstat", "mkdir", "close"}
    assert saved.count("close") <= 1


def test_a_lock_that_cannot_be_let_go_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def fails(descriptor: int, operation: int) -> None:
        real(descriptor, operation)
        if operation == fcntl.LOCK_UN:
            os.close(descriptor)  # nobody else will
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", fails)
    with (
        pytest.raises(MedlocError, match=r"es.po: what was to be done is done, .* locked: input"),
        files.lock(tmp_path / "es.po", folder=tmp_path, name="es.po"),
    ):
        pass


def test_who_waits_longer_for_a_lock_asks_more_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    monkeypatch.setattr(files.time, "sleep", naps.append)  # asks on and on, without a rest
    path = tmp_path / "es.po"
    with (
        files.lock(path, folder=tmp_path),
        pytest.raises(MedlocError, match="another medloc"),
        files.lock(path, folder=tmp_path, timeout=1),
    ):
        pass
    assert 0.02 < naps[0] < 0.08
    assert max(naps[-10:]) < 0.003


def test_two_people_editing_one_catalog_lose_nothing(tmp_path: Path) -> None:
    said = edit_apart(tmp_path, 15)
    assert crowd.counts(said) == {"edits done": 30}


def test_two_people_editing_one_entry_never_overrun_each_other(tmp_path: Path) -> None:
    found = crowd.counts(edit_together(tmp_path, 25))
    assert found["edits done"] >= 10
    assert sum(found.values()) == 50


def test_reviewers_and_translators_at_the_same_messages(tmp_path: Path) -> None:
    found = crowd.counts(review(tmp_path, reviewers=3, translators=2, operations=20))
    assert found["approves done"] > 5
    assert found["approves refused"] > 5
    assert found["edits done"] > 5
