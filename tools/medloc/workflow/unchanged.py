"""Whether anything a build reads or wrote has changed since the last one, by a look at the files.

A record is kept only when it can be trusted: what is read is looked at before reading, what is
written after writing, and a file so young that a clock tick could hide a later change makes the
record void. Deleting the record costs one full build and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medloc import files
from medloc.workflow.state import STATE

TICK = 0.02  # seconds; file times on Linux move in steps of 4 ms, on others of 16 ms
RECORD = "build.json"


@dataclass(frozen=True, slots=True)
class Watched:
    """Files and folders (relative to the project, or absolute) that a build reads, or writes; what
    ends in `skip` is left out."""

    paths: tuple[str, ...]
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What files looked like: a digest over path, size, times and inode; and the latest change."""

    digest: str
    latest: float


class _LinkedFolderError(Exception):
    """A folder that is a link: what changes behind it cannot be seen from here."""


def look(root: Path, watched: Watched) -> Look:
    """Look at files, and at all files below folders."""
    total = hashlib.sha256()
    latest = 0.0
    paths = [root / path for path in watched.paths]
    try:
        found = sorted(_files(paths, watched.skip))
    except (OSError, _LinkedFolderError):
        return Look(secrets.token_hex(), math.inf)  # what cannot be looked at has changed
    for name, stat in found:
        line = f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\0{stat.st_ino}\n"
        total.update(line.encode("utf-8", "surrogateescape"))
        latest = max(latest, stat.st_mtime, stat.st_ctime)
    return Look(total.hexdigest(), latest)


def read_record(root: Path, key: str) -> dict[str, Any] | None:
    """The result of the last build asked for in the same words (`key`), if neither what it read nor
    what it wrote has changed since."""
    try:
        record = json.loads((root / STATE / RECORD).read_bytes())
        if record["key"] != key:
            return None
        for side in ("inputs", "outputs"):
            kept = record[side]
            watched = Watched(tuple(kept["paths"]), tuple(kept["skip"]))
            if look(root, watched).digest != kept["digest"]:
                return None
        return dict(record["result"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def write_record(
    root: Path,
    key: str,
    inputs: tuple[Watched, Look, float],
    outputs: Watched,
    result: dict[str, object],
) -> None:
    """Keep a result; `inputs` are what was read, how it looked then, and when that was (seconds
    since the epoch)."""
    path = root / STATE / RECORD
    watched, before, when = inputs
    time.sleep(TICK * 1.5)  # until what was just written is old enough for its times to be trusted
    after = look(root, outputs)
    if before.latest > when - TICK or after.latest > time.time() - TICK:
        path.unlink(missing_ok=True)
        return
    record = {
        "key": key,
        "inputs": {"paths": watched.paths, "skip": watched.skip, "digest": before.digest},
        "outputs": {"paths": outputs.paths, "skip": outputs.skip, "digest": after.digest},
        "result": result,
    }
    files.replace(path, json.dumps(record, sort_keys=True).encode())


def _files(paths: Iterable[Path], skip: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    for path in paths:
        if path.is_symlink():
            raise _LinkedFolderError
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
            if entry.is_symlink() and entry.is_dir():
                raise _LinkedFolderError
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _below(entry.path, skip)
            elif not entry.name.endswith(skip or ("\0",)):
                yield entry.path, entry.stat()
