"""The index's file: its tables, its connections, and the tallies that are kept with each page.

A tally counts the lines of a page that any list treats alike, a total those of a locale: a list of
100,000 messages is counted and paged from a few rows.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from medloc.index.lines import COLUMNS, DECIDABLE
from medloc.private_file import make_private

VERSION = "4"  # of the tables: others are made anew
_SPARE = 8  # connections that are kept; each run of a screen has a thread of its own
_ALIKE = "standing, high_risk, found, wanted, authors, deciders"
_KEPT = ("meta", "page", "line", "tally", "total", "day", "finding")
_TABLES = f"""
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
  article TEXT, locale TEXT, stamp TEXT NOT NULL, PRIMARY KEY (article, locale)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line ({", ".join(COLUMNS)}, PRIMARY KEY (locale, article, position))
  WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS line_id ON line (locale, article, id);
CREATE INDEX IF NOT EXISTS line_source ON line (source, locale);
CREATE TABLE IF NOT EXISTS tally (locale, article, {_ALIKE}, lines, errors, warnings, since,
  PRIMARY KEY (locale, article, {_ALIKE})) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS total (locale, {_ALIKE}, lines, PRIMARY KEY (locale, {_ALIKE}))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS day (locale, article, standing, day, lines, last,
  PRIMARY KEY (locale, article, standing, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS finding (pair TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
# Who wants, wrote and decided matters to lists only while something can be decided.
_WHO = ", ".join(
    f"CASE WHEN standing IN {DECIDABLE} THEN {name} ELSE '' END"
    for name in ("wanted", "authors", "deciders")
)
_COUNT = f"""INSERT INTO tally
SELECT locale, article, standing, high_risk, errors > 0 OR warnings > 0, {_WHO}, count(*),
  sum(errors > 0), sum(warnings > 0), min(nullif(since, ''))
FROM line WHERE locale = ? AND article = ? GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"""
_COUNT_DAYS = """INSERT INTO day
SELECT locale, article, standing, substr(since, 1, 10), count(*), max(since)
FROM line WHERE locale = ? AND article = ? GROUP BY 1, 2, 3, 4"""
_SUM_UP = f"""INSERT INTO total SELECT locale, {_ALIKE}, {{sign}}lines FROM tally
WHERE locale = ? AND article = ?
ON CONFLICT DO UPDATE SET lines = lines + excluded.lines"""


class Tables:
    """The file and its connections; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._spare: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        with self._connection() as connection:
            return connection.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that writes alone; all of it is kept at the end, or nothing."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._spare.pop() if self._spare else None
        connection = connection or self._open()
        try:
            yield connection
        finally:
            with self._lock:
                is_spare = len(self._spare) < _SPARE
                if is_spare:
                    self._spare.append(connection)
            if not is_spare:
                connection.close()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        make_private(self._path)
        connection = sqlite3.connect(
            self._path, timeout=30, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # it can be made again
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if str(version) != VERSION:
            for table in _KEPT:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        return connection


@contextmanager
def tallied(connection: sqlite3.Connection, article: str, locale: str) -> Iterator[None]:
    """Bring the tallies of a page up to what is done with its lines."""
    page = (locale, article)
    connection.execute(_SUM_UP.format(sign="-"), page)
    for table in ("tally", "day"):
        connection.execute(f"DELETE FROM {table} WHERE locale = ? AND article = ?", page)
    yield
    connection.execute(_COUNT, page)
    connection.execute(_COUNT_DAYS, page)
    connection.execute(_SUM_UP.format(sign="+"), page)
    connection.execute("DELETE FROM total WHERE locale = ? AND NOT lines", (locale,))
