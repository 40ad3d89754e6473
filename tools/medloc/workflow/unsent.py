"""Notes that somebody has typed and not sent: kept when the connection drops, deleted when sent.

Never an authority, and nobody's but the writer's: a file of its own, readable by nobody else.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "drafts.sqlite"  # in the project's state folder
KEPT = dt.timedelta(days=180)
_TABLE = """
CREATE TABLE IF NOT EXISTS note (
  person TEXT, pair TEXT, article TEXT NOT NULL, locale TEXT NOT NULL, message TEXT NOT NULL,
  text TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person, pair)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody typed about a pair, by its hash."""

    pair: str
    text: str


class Unsent:
    """The notes in a file, by person and pair. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(
        self, person: str, place: tuple[str, str, str], pair: str, text: str, *, now: dt.datetime
    ) -> None:
        """Keep a note in place of the earlier one; `place` is article, locale and message id. An
        empty one is forgotten, and so is what nobody has touched for long."""
        with self._writing() as file:
            file.execute("DELETE FROM note WHERE at < ?", (_text(now - KEPT),))
            file.execute("DELETE FROM note WHERE person = ? AND pair = ?", (person, pair))
            if text.strip():
                file.execute("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)",
                             (person, pair, *place, text, _text(now)))  # fmt: skip

    def of_page(self, person: str, article: str, locale: str) -> Mapping[str, Note]:
        """Somebody's notes on a page, by message id: of each the latest, whichever pair it was
        about. A note outlives the wording it was typed for."""
        rows = self._read(
            "SELECT message, pair, text FROM note "
            "WHERE person = ? AND article = ? AND locale = ? ORDER BY at",
            (person, article, locale),
        )
        return {message: Note(pair, text) for message, pair, text in rows}

    def forget(self, person: str, place: tuple[str, str, str]) -> None:
        """Forget somebody's notes on a message: they were sent."""
        if self._path.is_file():
            with self._writing() as file:
                file.execute(
                    "DELETE FROM note WHERE person = ? AND article = ? AND locale = ? "
                    "AND message = ?", (person, *place),
                )  # fmt: skip

    def _read(self, statement: str, values: Sequence[object]) -> list[tuple[str, str, str]]:
        if not self._path.is_file():
            return []
        with self._open() as file:
            return file.execute(statement, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self._path.is_file():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT, 0o600))
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
        file = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            file.executescript(_TABLE)
            yield file
        finally:
            file.close()


def _text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
