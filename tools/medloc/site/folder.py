"""The files of a folder as pages."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

Pages = Callable[[str], bytes | None]
"""From a path below the site (`es/clonus/index.html`) to its bytes; None: there is no such page."""


def folder_pages(root: Path) -> Pages:
    """The files of a folder as pages; no link inside it leads out of it, nor anywhere."""
    base = root.resolve()

    def read(path: str) -> bytes | None:
        place = base / path
        # Equal to its own resolution: no `..`, no link on the way, so surely below the folder.
        try:
            if os.path.realpath(place) != str(place) or not place.is_file():
                return None
            return place.read_bytes()
        except (OSError, ValueError):
            return None

    return read
