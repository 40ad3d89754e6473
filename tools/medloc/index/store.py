"""The index as it is written, page by page, and asked, list by list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from medloc.index.lines import COLUMNS, Line, Query, Since, condition, line_of, row_of
from medloc.index.tables import Tables, tallied

_ORDER = "locale, article, position"
_PAGE = "locale = ? AND article = ?"


class Index:
    """Lines of all messages, in a file. Lists are in order of locale, article and document."""

    def __init__(self, path: Path) -> None:
        self._tables = Tables(path)

    def stamps(self) -> Mapping[tuple[str, str], str]:
        """What each page was made from, as it was said when it was replaced."""
        return {(a, la): stamp for a, la, stamp in self._tables.read("SELECT * FROM page")}

    def meta(self, name: str) -> str:
        """A remembered value, empty when there is none."""
        rows = self._tables.read("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def remember(self, name: str, value: str) -> None:
        """Remember a value by name."""
        with self._tables.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def replace(self, article: str, locale: str, *, stamp: str, lines: Sequence[Line]) -> None:
        """Put a page's lines in place of those there; only what differs is written."""
        wanted = [row_of(line) for line in lines]
        position = COLUMNS.index("position")
        with self._tables.writing() as connection:
            there = set(connection.execute(f"SELECT * FROM line WHERE {_PAGE}", (locale, article)))
            gone = [(locale, article, row[position]) for row in there.difference(wanted)]
            fresh = [row for row in wanted if row not in there]
            if gone or fresh:
                with tallied(connection, article, locale):
                    connection.executemany(f"DELETE FROM line WHERE {_PAGE} AND position = ?", gone)
                    marks = ", ".join("?" * len(COLUMNS))
                    connection.executemany(f"INSERT INTO line VALUES ({marks})", fresh)
            connection.execute(
                "INSERT OR REPLACE INTO page VALUES (?, ?, ?)", (article, locale, stamp)
            )

    def drop(self, pages: Iterable[tuple[str, str]]) -> None:
        """Forget pages that are no more."""
        with self._tables.writing() as connection:
            for article, locale in pages:
                with tallied(connection, article, locale):
                    for table in ("line", "page"):
                        connection.execute(f"DELETE FROM {table} WHERE {_PAGE}", (locale, article))

    def findings(self, pairs: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
        """(check, severity) of what was found in pairs, by their hash; pairs unknown are absent."""
        found = {}
        for start in range(0, len(pairs), 500):
            some = pairs[start : start + 500]
            marks = ", ".join("?" * len(some))
            rows = self._tables.read(f"SELECT * FROM finding WHERE pair IN ({marks})", some)
            found.update({pair: [tuple(f) for f in json.loads(value)] for pair, value in rows})
        return found

    def keep_findings(self, found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Keep what was found in pairs, by their hash."""
        rows = [(pair, json.dumps(list(value))) for pair, value in found.items()]
        if rows:
            with self._tables.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO finding VALUES (?, ?)", rows)

    def forget_findings(self, locale: str) -> None:
        """Forget the findings of a locale and of wordings that stand nowhere: the checks or its
        glossary have changed."""
        with self._tables.writing() as connection:
            connection.execute(
                "DELETE FROM finding WHERE pair NOT IN (SELECT pair FROM line WHERE locale != ?)",
                (locale,),
            )

    # lists

    def lines(self, query: Query, *, limit: int = 20, offset: int = 0) -> list[Line]:
        """So many lines that fit, after the first `offset` of them."""
        where, values = condition(query)
        if not query.is_tallied:
            return self._lines(f"{where} ORDER BY {_ORDER} LIMIT ? OFFSET ?",
                               [*values, limit, offset])  # fmt: skip
        found: list[Line] = []
        for locale, article, before in self._pages(query, limit, offset):
            left, skipped = limit - len(found), max(0, offset - before)
            found += self._lines(f"{where} AND {_PAGE} ORDER BY position LIMIT ? OFFSET ?",
                                 [*values, locale, article, left, skipped])  # fmt: skip
            if len(found) == limit:
                break
        return found

    def count(self, query: Query) -> int:
        """How many lines fit."""
        where, values = condition(query, tallied=query.is_tallied)
        if not query.is_tallied:
            return self._number(f"SELECT count(*) FROM line WHERE {where}", values)
        table = "tally" if query.article else "total"
        return self._number(f"SELECT sum(lines) FROM {table} WHERE {where}", values)

    def place(self, query: Query, line: Line) -> int:
        """How many lines that fit stand before a line."""
        where, values = condition(query)
        if not query.is_tallied:
            return self._number(
                f"SELECT count(*) FROM line WHERE {where} AND ({_ORDER}) < (?, ?, ?)",
                [*values, *line.place],
            )
        pages, of_pages = condition(query, tallied=True)
        before = self._number(
            f"SELECT sum(lines) FROM tally WHERE {pages} AND (locale, article) < (?, ?)",
            [*of_pages, *line.place[:2]],
        )
        return before + self._number(
            f"SELECT count(*) FROM line WHERE {where} AND {_PAGE} AND position < ?",
            [*values, *line.place],
        )

    def beside(self, query: Query, line: Line, *, back: bool = False) -> Line | None:
        """The next line that fits after a line, or the last before it; the line itself need not
        fit."""
        found = self._on_from(query, line, 1, "<" if back else ">")
        return found[0] if found else None

    def around(self, query: Query, line: Line, rows: int) -> tuple[int, list[Line]]:
        """How many lines that fit stand before a line; and the lines of the part of the list in
        which its place is, when it is cut into parts of so many rows."""
        place = self.place(query, line)
        before = self._on_from(query, line, place % rows, "<")
        return place, [*before[::-1], *self._on_from(query, line, rows - len(before), ">=")]

    def _on_from(self, query: Query, line: Line, limit: int, sign: str) -> list[Line]:
        """So many lines that fit, from a line on: `<` are the ones before it, the nearest first."""
        way = "DESC" if sign == "<" else "ASC"
        where, values = condition(query)
        order = f"ORDER BY locale {way}, article {way}, position {way} LIMIT ?"
        if not query.is_tallied:
            return self._lines(f"{where} AND ({_ORDER}) {sign} (?, ?, ?) {order}",
                               [*values, *line.place, limit])  # fmt: skip
        found = self._lines(f"{where} AND {_PAGE} AND position {sign} ? {order}",
                            [*values, *line.place, limit])  # fmt: skip
        if len(found) == limit:
            return found
        pages, of_pages = condition(query, tallied=True)
        further = self._tables.read(
            f"SELECT DISTINCT locale, article FROM tally WHERE {pages} "
            f"AND (locale, article) {sign[0]} (?, ?) ORDER BY locale {way}, article {way} LIMIT ?",
            [*of_pages, *line.place[:2], limit],
        )
        for page in further:
            if len(found) < limit:
                left = limit - len(found)
                found += self._lines(f"{where} AND {_PAGE} {order}", [*values, *page, left])
        return found

    def line(self, article: str, locale: str, id_: str) -> Line | None:
        """One message in a locale."""
        return next(iter(self._lines(f"{_PAGE} AND id = ?", [locale, article, id_])), None)

    # figures

    def counts(self, query: Query) -> Mapping[tuple[str, str], Mapping[str, int]]:
        """For each article and locale: lines by standing, and under `high_risk`, `errors`,
        `warnings` how many have those. For queries that tallies can answer."""
        where, values = condition(query, tallied=True)
        found: dict[tuple[str, str], dict[str, int]] = {}
        rows = self._tables.read(
            "SELECT article, locale, standing, sum(lines), sum(high_risk * lines), sum(errors), "
            f"sum(warnings) FROM tally WHERE {where} GROUP BY locale, article, standing", values,
        )  # fmt: skip
        for article, locale, standing, lines, risky, errors, warnings in sorted(rows):
            row = found.setdefault((article, locale), {})
            row[standing] = lines
            for name, number in (("high_risk", risky), ("errors", errors), ("warnings", warnings)):
                row[name] = row.get(name, 0) + number
        return found

    def oldest(self, query: Query) -> Mapping[tuple[str, str], str]:
        """For each article and locale: since when the oldest line that fits has waited. For queries
        that tallies can answer."""
        where, values = condition(query, tallied=True)
        rows = self._tables.read(
            f"SELECT article, locale, min(since) FROM tally WHERE {where} "
            "GROUP BY locale, article", values,
        )  # fmt: skip
        return {(article, locale): since or "" for article, locale, since in rows}

    def since(self) -> tuple[Since, ...]:
        """All lines counted by page, standing and the day they have it since."""
        rows = self._tables.read(
            "SELECT article, locale, standing, day, lines, last FROM day ORDER BY locale, article"
        )
        return tuple(Since(*row) for row in rows)

    def _pages(self, query: Query, limit: int, offset: int) -> list[tuple[Any, ...]]:
        """Of pages that have lines that fit, those with the first so many after an offset: locale,
        article, and how many lines that fit stand before the page."""
        where, values = condition(query, tallied=True)
        return self._tables.read(
            "SELECT locale, article, upto - lines FROM (SELECT locale, article, "
            "sum(lines) AS lines, sum(sum(lines)) OVER (ORDER BY locale, article) AS upto "
            f"FROM tally WHERE {where} GROUP BY locale, article) WHERE upto > ? "
            "ORDER BY locale, article LIMIT ?", [*values, offset, limit],
        )  # fmt: skip

    def _lines(self, rest: str, values: Sequence[object]) -> list[Line]:
        # Left to itself, SQLite looks through all of a locale rather than sort what it finds.
        index = "INDEXED BY line_source" if "source = ?" in rest else ""
        rows = self._tables.read(f"SELECT * FROM line {index} WHERE {rest}", values)
        return [line_of(row) for row in rows]

    def _number(self, statement: str, values: Sequence[object]) -> int:
        return int(self._tables.read(statement, values)[0][0] or 0)
