"""A small SQLite file that only its owner may read: accounts, notes not sent yet; and
how the larger ones are made.

Every use opens it anew, so that several threads and processes may share it; what is written in one
block is written whole or not at all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read; one that is there stays as it is."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT, 0o600))


class PrivateFile:
    """Tables in a file, made with the first write; `tables` is SQL that may run again and again."""

    def __init__(self, path: Path, tables: str) -> None:
        self.path = path
        self._tables = tables

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; none while there is no file."""
        if not self.path.is_file():
            return []
        with self._open() as file:
            return file.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, begun as a writer's; an error takes all of it back."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        make_private(self.path)
        with self._open() as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        file = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            file.executescript(self._tables)
            yield file
        finally:
            file.close()
