"""Whether anything a build reads or wrote has changed since the last one, by a look at the files.

A record is kept only when it can be trusted: what is read is looked at before reading, what is
written after writing, and a file so young that a clock tick could hide a later change makes the
record void. Deleting the record costs one full build and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import medloc
from medloc import files

TICK = 0.02  # seconds; file times on Linux move in steps of 4 ms, on others of 16 ms
RECORD = "build.json"


@dataclass(frozen=True, slots=True)
class Look:
    """What files looked like: a digest over path, size, times and inode; and the latest change."""

    digest: str
    latest: float


def look(paths: Iterable[Path], *, also: str = "", skip: tuple[str, ...] = ()) -> Look:
    """Look at files, and at all files below folders; `also` is mixed into the digest."""
    total = hashlib.sha256(also.encode())
    latest = 0.0
    for name, stat in sorted(_files(paths, skip)):
        total.update(
            f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\0{stat.st_ino}\n".encode(
                "utf-8", "surrogateescape"
            )
        )
        latest = max(latest, stat.st_mtime, stat.st_ctime)
    return Look(total.hexdigest(), latest)


def package_files() -> Path:
    """The folder of medloc itself: another version builds anew."""
    return Path(medloc.__file__).parent


def read_record(state: Path, inputs: Look, outputs: Look) -> dict[str, object] | None:
    """The result of the last build if neither its inputs nor its outputs have changed."""
    path = state / RECORD
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict):
        return None
    if record.get("inputs") != inputs.digest or record.get("outputs") != outputs.digest:
        return None
    result = record.get("result")
    return result if isinstance(result, dict) else None


def write_record(
    state: Path, inputs: Look, started: float, outputs: Look, result: dict[str, object]
) -> None:
    """Keep the result; `started` is when the inputs were looked at (seconds since the epoch)."""
    path = state / RECORD
    if inputs.latest > started - TICK or outputs.latest > time.time() - TICK:
        path.unlink(missing_ok=True)
        return
    record = {"inputs": inputs.digest, "outputs": outputs.digest, "result": result}
    files.replace(path, json.dumps(record, sort_keys=True).encode())


def settle() -> None:
    """Wait until what was just written is old enough for its times to be trusted."""
    time.sleep(TICK * 1.5)


def _files(paths: Iterable[Path], skip: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    for path in paths:
        if path.is_dir():
            yield from _below(str(path), skip)
        else:
            try:
                yield str(path), path.stat()
            except OSError:
                continue


def _below(folder: str, skip: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _below(entry.path, skip)
            elif not entry.name.endswith(skip or ("\0",)):
                yield entry.path, entry.stat()
