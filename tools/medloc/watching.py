"""The one door to watchfiles: says which files changed, while somebody works on them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

# Files come in flocks: an editor writes a copy and renames it, `git switch` changes hundreds. They
# are told of together once nothing has changed for STEP, or after DEBOUNCE at the latest.
STEP = 60  # milliseconds
DEBOUNCE = 600


def changes(
    paths: Sequence[Path], *, stop: threading.Event, recursive: bool = True
) -> Iterator[frozenset[Path]]:
    """Yield the files that were written, made or removed in folders, until `stop` is set.

    With `recursive`, in the folders below them too; a folder that is missing is not watched. What
    editors, git and medloc itself put beside files for a moment is passed over.
    """
    from watchfiles import Change, DefaultFilter, watch

    usual = DefaultFilter()

    def wanted(change: Change, path: str) -> bool:
        name = path.rpartition("/")[2]
        passing = name.startswith((".medloc-", "._")) or name.endswith((".mo", "-journal", ".lock"))
        return not passing and usual(change, path)

    there = [path for path in paths if path.is_dir()]
    if not there:
        return
    for found in watch(
        *there,
        watch_filter=wanted,
        debounce=DEBOUNCE,
        step=STEP,
        stop_event=stop,
        recursive=recursive,
        raise_interrupt=False,
        rust_timeout=500,
    ):
        yield frozenset(Path(path) for _, path in found)
