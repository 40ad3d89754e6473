"""Where a project keeps what it can make again, and how its root is found."""

from __future__ import annotations

from pathlib import Path

from medloc.errors import UsageError

FILE_NAME = "medloc.yaml"
STATE = ".medloc"


def find_root(start: Path) -> Path:
    """The folder at or above `start` that has medloc.yaml; raises UsageError when none has."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise UsageError(
        f"no {FILE_NAME} here or in a folder above",
        advice="Go into a content project, name one with --project DIR, or make one: medloc init.",
    )
