"""Every system call of one save, failing or deadly in its turn, by strace: for `make soak`.

Law: the catalog is the old or the new one, whole; a save that was told of a failure that matters
says so; nothing but `.medloc-*.tmp` is ever left behind.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from medloc.catalogs import write_catalog
from tests.soak.catalog_writer import REFUSED, SAVED, version_of

PROGRAM = Path(__file__).with_name("catalog_writer.py")
MISSING = None if shutil.which("strace") else "strace is not installed"
ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT", "EMFILE")
FAULTS = (
    *(f"error={error}:when={{}}" for error in ERRORS),
    *(f"error={error}:when={{}}+" for error in ERRORS),  # and every later call of that name
    "signal=SIGKILL:when={}",
    "retval=1:when={}",  # only for write: says one byte was written, and writes none
)
# Questions whose answer is not needed: a path is then taken as it was given, a buffer has the
# usual size, a folder of locks is found to be there, a lock is tried again.
HARMLESS = frozenset({"newfstatat", "fstat", "stat", "lstat", "statx", "ioctl", "lseek", "mkdir"})
HARMLESS_OF_LOCKS = frozenset({"openat", "close", "flock"})


class Saver:
    """A program that saves again and again, each time in a child that strace holds; `fresh` when
    there is no catalog before."""

    def __init__(self, folder: Path, entries: int, *, fresh: bool) -> None:
        self.folder, self.entries, self.fresh = folder, entries, fresh
        self.path = folder / "es" / "clonus.po"
        self.old = b"" if fresh else write_catalog(version_of(0, entries))
        self.new = write_catalog(version_of(1, entries))
        self.failures: list[str] = []
        self.ends: Counter[str] = Counter()

    def run(self) -> int:
        """Try every fault at every call; how many tries."""
        self.path.parent.mkdir(parents=True)
        self._reset()
        command = [sys.executable, str(PROGRAM), "once", str(self.path), str(self.folder / "locks")]
        with subprocess.Popen(
            [*command, str(self.entries)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as self._program:
            self._save([])  # makes the lock file, so that all that follow make the same calls
            self._reset()
            code, calls = self._save([])
            assert code == SAVED
            tries = list(self._faults(calls))
            for name, fault in tries:
                self._reset()
                self._judge(*self._save(["-e", f"inject={name}:{fault}"]), f"{name}:{fault}")
        return len(tries)

    def _faults(self, calls: list[str]) -> Iterator[tuple[str, str]]:
        turn: Counter[str] = Counter()
        for call in calls:
            name = call.partition("(")[0]
            turn[name] += 1
            for fault in FAULTS:
                if not fault.startswith("retval") or name == "write":
                    yield name, fault.format(turn[name])

    def _save(self, options: list[str]) -> tuple[int, list[str]]:
        """How the save ended, and the calls it made."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        log = self.folder / "calls"
        print(file=self._program.stdin, flush=True)
        child = int(self._program.stdout.readline())
        command = ["strace", "-p", str(child), "-o", str(log), "-e", "trace=%file,%desc", *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            assert "attached" in strace.stderr.readline()
            os.kill(child, signal.SIGUSR1)
            code = int(self._program.stdout.readline())
        return code, re.findall(r"^\w+\(.*", log.read_text(), re.MULTILINE)

    def _reset(self) -> None:
        for file in self.path.parent.iterdir():
            file.unlink()
        if not self.fresh:
            self.path.write_bytes(self.old)

    def _judge(self, code: int, calls: list[str], fault: str) -> None:
        hit = [call for call in calls if "(INJECTED)" in call]
        now = self.path.read_bytes() if self.path.exists() else b""
        state = {self.old: "old", self.new: "new"}.get(now, "MIXED")
        left = [file.name for file in self.path.parent.iterdir() if file != self.path]
        end = {SAVED: "saved", REFUSED: "refused", -signal.SIGKILL: "killed"}.get(code, "confused")
        self.ends[f"{end} ({state})"] += 1
        if (
            state == "MIXED"
            or end == "confused"
            or (end != "killed" and not hit)
            or (end == "saved" and (state != "new" or any(_matters(c, calls) for c in hit)))
            or any(not re.fullmatch(r"\.medloc-\w+\.tmp", name) for name in left)
        ):
            self.failures.append(f"{fault}: {end}, {state}, left {left}: {hit[:1]}")


def _matters(hit: str, calls: list[str]) -> bool:
    """Whether a save must not be called saved after this call failed."""
    name, _, rest = hit.partition("(")
    if name in HARMLESS_OF_LOCKS:
        held = {c.rpartition("= ")[2] for c in calls if ".lock" in c and c.startswith("openat")}
        return ".lock" not in hit and not any(rest.startswith(number) for number in held - {"-1"})
    return name not in HARMLESS
