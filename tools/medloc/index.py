"""The derived index: a line for each message in each locale, so that lists are paged by SQL.

Never an authority: it is made from catalogs, the ledger and the checks, may be deleted at any
time, and what is decided is always looked up where it stands. SQLite, in a file of its own.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VERSION = "2"  # of the table: another one is made anew
_COLUMNS = (
    "article", "locale", "position", "id", "context", "section", "high_risk", "standing", "wanted",
    "authors", "deciders", "source", "target", "pair", "errors", "warnings", "since",
)  # fmt: skip
_TABLES = f"""
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
  article TEXT, locale TEXT, stamp TEXT NOT NULL, PRIMARY KEY (article, locale)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line ({", ".join(_COLUMNS)}, PRIMARY KEY (article, locale, position))
  WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS line_id ON line (article, locale, id);
CREATE INDEX IF NOT EXISTS line_standing ON line (locale, standing, article, position);
CREATE INDEX IF NOT EXISTS line_order ON line (
  locale, article, position, standing, wanted, authors, deciders, since);
CREATE INDEX IF NOT EXISTS line_source ON line (source, locale);
CREATE TABLE IF NOT EXISTS finding (pair TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A message in a locale as lists show it. `wanted`, `authors` and `deciders` are role names and
    ids of people; `errors` and `warnings` are open findings; `since` is when it got its standing,
    as ISO 8601, empty when nothing is known of it."""

    article: str
    locale: str
    position: int
    id: str
    context: str
    section: str
    high_risk: bool
    standing: str
    wanted: tuple[str, ...]
    authors: tuple[str, ...]
    deciders: tuple[str, ...]
    source: str
    target: str
    pair: str
    errors: int = 0
    warnings: int = 0
    since: str = ""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """For whom a list is made: what waits for their roles, and is not their own."""

    id: str
    roles: tuple[str, ...]
    locales: tuple[str, ...] = ()  # empty: all


@dataclass(frozen=True, slots=True)
class Since:
    """How many messages of a page have a standing since a day (ISO, empty: not known), and the
    last moment among them."""

    article: str
    locale: str
    standing: str
    day: str
    messages: int
    last: str


@dataclass(frozen=True, slots=True)
class Query:
    """Which lines; empty means all. `words` is looked for in both texts, `exact_source` is a whole
    source text."""

    article: str = ""
    locale: str = ""
    section: str = ""
    standings: tuple[str, ...] = ()
    high_risk: bool | None = None
    findings: bool = False
    words: str = ""
    exact_source: str = ""
    waits_for: Reviewer | None = None


class Index:
    """Lines of all messages, in a file; one connection for each thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def stamps(self) -> Mapping[tuple[str, str], str]:
        """What each page was made from, as it was said when it was replaced."""
        return {(a, la): stamp for a, la, stamp in self._read("SELECT * FROM page")}

    def meta(self, name: str) -> str:
        """A remembered value, empty when there is none."""
        return next((value for (value,) in self._read(
            "SELECT value FROM meta WHERE name = ?", (name,))), "")  # fmt: skip

    def remember(self, name: str, value: str) -> None:
        """Remember a value by name."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def replace(self, article: str, locale: str, *, stamp: str, lines: Sequence[Line]) -> None:
        """Put a page's lines in place of those there."""
        marks = ", ".join("?" * len(_COLUMNS))
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM line WHERE article = ? AND locale = ?", (article, locale)
            )
            connection.executemany(f"INSERT INTO line VALUES ({marks})", map(_row, lines))
            connection.execute(
                "INSERT OR REPLACE INTO page VALUES (?, ?, ?)", (article, locale, stamp)
            )

    def drop(self, pages: Iterable[tuple[str, str]]) -> None:
        """Forget pages that are no more."""
        with self._writing() as connection:
            for table in ("line", "page"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE article = ? AND locale = ?", list(pages)
                )

    def findings(self, pairs: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
        """(check, severity) of what was found in pairs, by their hash; pairs unknown are absent."""
        found = {}
        for start in range(0, len(pairs), 500):
            some = pairs[start : start + 500]
            marks = ", ".join("?" * len(some))
            rows = self._read(f"SELECT * FROM finding WHERE pair IN ({marks})", some)
            found.update({pair: [tuple(f) for f in json.loads(value)] for pair, value in rows})
        return found

    def keep_findings(self, found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Keep what was found in pairs, by their hash."""
        rows = [(pair, json.dumps(list(value))) for pair, value in found.items()]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO finding VALUES (?, ?)", rows)

    def forget_findings(self, locale: str) -> None:
        """Forget the findings of a locale and of wordings that stand nowhere: the checks or its
        glossary have changed."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM finding WHERE pair NOT IN (SELECT pair FROM line WHERE locale != ?)",
                (locale,),
            )

    # reading lists

    def lines(self, query: Query, *, limit: int = 20, offset: int = 0) -> list[Line]:
        """Lines in document order, article by article."""
        where, values = _where(query)
        rows = self._read(
            f"SELECT * FROM line {where} ORDER BY locale, article, position LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [_line(row) for row in rows]

    def count(self, query: Query) -> int:
        """How many lines fit."""
        where, values = _where(query)
        return int(next(self._read(f"SELECT count(*) FROM line {where}", values))[0])

    def place(self, query: Query, line: Line) -> int:
        """How many lines that fit stand before a line."""
        where, values = _where(query)
        before = "(locale, article, position) < (?, ?, ?)"
        glue = "AND" if where else "WHERE"
        rows = self._read(f"SELECT count(*) FROM line {where} {glue} {before}",
                          (*values, line.locale, line.article, line.position))  # fmt: skip
        return int(next(rows)[0])

    def line(self, article: str, locale: str, id_: str) -> Line | None:
        """One message in a locale."""
        rows = self._read(
            "SELECT * FROM line WHERE article = ? AND locale = ? AND id = ?", (article, locale, id_)
        )
        return next((_line(row) for row in rows), None)

    def counts(self, query: Query) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """For each article and locale: lines by standing, and under `high_risk`, `errors`,
        `warnings` how many have those."""
        where, values = _where(query)
        found: dict[tuple[str, str], dict[str, int]] = {}
        rows = self._read(
            "SELECT article, locale, standing, count(*), sum(high_risk), sum(errors > 0), "
            f"sum(warnings > 0) FROM line {where} GROUP BY article, locale, standing "
            "ORDER BY article, locale", values,
        )  # fmt: skip
        for article, locale, standing, lines, risky, errors, warnings in rows:
            row = found.setdefault((article, locale), {})
            row[standing] = lines
            for name, number in (("high_risk", risky), ("errors", errors), ("warnings", warnings)):
                row[name] = row.get(name, 0) + number
        return found

    def oldest(self, query: Query) -> Mapping[tuple[str, str], str]:
        """For each article and locale: since when the oldest line that fits has waited."""
        where, values = _where(query)
        rows = self._read(
            "SELECT article, locale, min(nullif(since, '')) FROM line "
            f"{where} GROUP BY article, locale", values,
        )  # fmt: skip
        return {(article, locale): since or "" for article, locale, since in rows}

    def since(self) -> tuple[Since, ...]:
        """All lines counted by page, standing and the day they have it since."""
        rows = self._read(
            "SELECT article, locale, standing, substr(since, 1, 10), count(*), max(since) "
            "FROM line GROUP BY 1, 2, 3, 4 ORDER BY 2, 1"
        )
        return tuple(Since(*row) for row in rows)

    # connections

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
        return connection

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # it can be made again
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if str(version) != VERSION:
            for table in ("meta", "page", "line", "finding"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        return connection

    def _read(self, statement: str, values: Sequence[object] = ()) -> Iterator[tuple]:  # type: ignore[type-arg]
        return iter(self._connection.execute(statement, tuple(values)).fetchall())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _row(line: Line) -> tuple[object, ...]:
    values = (getattr(line, name) for name in _COLUMNS)
    return tuple(f" {' '.join(v)} " if isinstance(v, tuple) else v for v in values)


def _line(row: Sequence[object]) -> Line:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in ("wanted", "authors", "deciders"):
        values[name] = tuple(str(values[name]).split())
    values["high_risk"] = bool(values["high_risk"])
    return Line(**values)  # type: ignore[arg-type]


def _where(query: Query) -> tuple[str, list[object]]:
    """The condition of a query and its values."""
    parts: list[str] = []
    values: list[object] = []
    for column in ("article", "locale", "section"):
        if wanted := getattr(query, column):
            parts.append(f"{column} = ?")
            values.append(wanted)
    if query.standings:
        parts.append(f"standing IN ({', '.join('?' * len(query.standings))})")
        values += query.standings
    if query.high_risk is not None:
        parts.append("high_risk = ?")
        values.append(int(query.high_risk))
    if query.findings:
        parts.append("(errors > 0 OR warnings > 0)")
    if query.exact_source:
        parts.append("source = ?")
        values.append(query.exact_source)
    if query.words:
        parts.append("(instr(lower(source), lower(?)) OR instr(lower(target), lower(?)))")
        values += [query.words, query.words]
    if query.waits_for is not None:
        _waiting(query.waits_for, parts, values)
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values


def _waiting(reviewer: Reviewer, parts: list[str], values: list[object]) -> None:
    """What a reviewer can decide on now."""
    parts.append("standing IN ('waiting', 'half_approved')")
    parts.append(f"({' OR '.join(['instr(wanted, ?)'] * len(reviewer.roles)) or '0'})")
    values += [f" {role} " for role in reviewer.roles]
    parts.append("NOT instr(authors, ?) AND NOT instr(deciders, ?)")
    values += [f" {reviewer.id} "] * 2
    if reviewer.locales:
        parts.append(f"locale IN ({', '.join('?' * len(reviewer.locales))})")
        values += reviewer.locales
