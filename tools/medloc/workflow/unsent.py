"""Notes that somebody has typed and not sent: kept when the connection drops, deleted when sent.

Never an authority, and nobody's but the writer's: a file of its own, readable by nobody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medloc.private_file import PrivateFile

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
        self._file = PrivateFile(path, _TABLE)

    def keep(
        self, person: str, place: tuple[str, str, str], pair: str, text: str, *, now: dt.datetime
    ) -> None:
        """Keep a note in place of the earlier one; `place` is article, locale and message id. An
        empty one is forgotten, and so is what nobody has touched for long."""
        with self._file.writing() as file:
            file.execute("DELETE FROM note WHERE at < ?", (_text(now - KEPT),))
            file.execute("DELETE FROM note WHERE person = ? AND pair = ?", (person, pair))
            if text.strip():
                file.execute("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)",
                             (person, pair, *place, text, _text(now)))  # fmt: skip

    def of_page(self, person: str, article: str, locale: str) -> Mapping[str, Note]:
        """Somebody's notes on a page, by message id: of each the latest, whichever pair it was
        about. A note outlives the wording it was typed for."""
        rows = self._file.read(
            "SELECT message, pair, text FROM note "
            "WHERE person = ? AND article = ? AND locale = ? ORDER BY at",
            (person, article, locale),
        )
        return {message: Note(pair, text) for message, pair, text in rows}

    def forget(self, person: str, place: tuple[str, str, str]) -> None:
        """Forget somebody's notes on a message: they were sent."""
        if self._file.path.is_file():
            with self._file.writing() as file:
                file.execute(
                    "DELETE FROM note WHERE person = ? AND article = ? AND locale = ? "
                    "AND message = ?", (person, *place),
                )  # fmt: skip


def _text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
