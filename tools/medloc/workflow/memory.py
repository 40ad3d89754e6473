"""What earlier builds made of each article, and of what: a file that may be deleted at any time.

Never an authority. It holds no word of a body and no decision: pages are made of what the ledger
says now, and what was said since the standing site counts whatever stands here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from medloc.model import Notice, Shown, Standing, Withheld, WithheldMessage
from medloc.workflow.project import Project, digest

MEMORY = "made.sqlite"
_FORMAT = "1"
_TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE article(path TEXT PRIMARY KEY, hash TEXT NOT NULL, light TEXT NOT NULL);
CREATE TABLE made(slug TEXT PRIMARY KEY, published TEXT NOT NULL, noticed TEXT NOT NULL,
  asked TEXT NOT NULL, held TEXT NOT NULL, assets TEXT NOT NULL, count INTEGER NOT NULL);
CREATE TABLE page(locale TEXT, slug TEXT, files TEXT NOT NULL, listed TEXT NOT NULL,
  PRIMARY KEY(locale, slug)) WITHOUT ROWID;
CREATE INDEX page_of_article ON page(slug);
CREATE TABLE language(locale TEXT PRIMARY KEY, manifest TEXT NOT NULL, others TEXT NOT NULL,
  count INTEGER NOT NULL);
CREATE TABLE look(part TEXT PRIMARY KEY, digest TEXT NOT NULL, files TEXT NOT NULL);
"""


def memory_of(project: Project, output: str) -> Path:
    """The file for a site: builds into different folders do not wait for each other."""
    known = output == project.settings.site.output
    return project.state / (MEMORY if known else f"made-{digest(output.encode())[:8]}.sqlite")


class UnreadableError(Exception):
    """The memory is none of ours, or damaged: what it held has to be made again."""


class Memory:
    """One file of SQLite, written in one transaction that `commit` ends; `fresh` when it knows
    nothing that can be used. Without a path it is forgotten with this object."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._connection, self.fresh = _open(path)

    def get(self, name: str) -> str:
        """A remembered value, empty when there is none."""
        rows = self._all("SELECT value FROM meta WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def set(self, name: str, value: str) -> None:
        """Remember a value by name."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def renew(self) -> None:
        """Begin anew, with another file."""
        self._connection.close()
        if self._path is not None:
            _remove(self._path)
        self._connection, self.fresh = _made(str(self._path or "")), True

    def forget(self) -> None:
        """Forget everything."""
        for table in ("made", "page", "language", "article", "look"):
            self._run(f"DELETE FROM {table}")

    # articles as they were read

    def articles(self) -> Mapping[str, tuple[str, str]]:
        """Hash and text of each article as it was read, by path."""
        rows = self._all("SELECT path, hash, light FROM article")
        return {path: (hash_, light) for path, hash_, light in rows}

    def keep_articles(self, rows: Iterable[tuple[str, str, str]], gone: Iterable[str] = ()) -> None:
        """Keep (path, hash, text) of articles; forget the paths that are gone."""
        self._run_all("INSERT OR REPLACE INTO article VALUES (?, ?, ?)", rows)
        self._run_all("DELETE FROM article WHERE path = ?", ((p,) for p in gone))

    # what was made of them

    def made(self) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str, str]]:
        """Of each article: the locales it is published in, the articles it asked for, what is
        withheld and said of it, and the locales in which a notice stands."""
        rows = self._all("SELECT slug, published, asked, held, noticed FROM made")
        return {s: (_words(p), _words(a), held, noticed) for s, p, a, held, noticed in rows}

    def noticed(self) -> frozenset[str]:
        """The locales in which a notice stands in place of a page."""
        rows = self._all("SELECT DISTINCT noticed FROM made WHERE noticed != ''")
        return frozenset(locale for (locales,) in rows for locale in locales.split())

    def files_of(self, slug: str) -> dict[str, str]:
        """The hashes of an article's files by path, in all languages."""
        rows = self._all("SELECT files FROM page WHERE slug = ?", slug)
        return {path: hash_ for (files,) in rows for path, hash_ in json.loads(files).items()}

    def keep(
        self,
        slug: str,
        *,
        published: Sequence[str],
        noticed: Sequence[str],
        asked: Sequence[str],
        held: str,
        assets: Mapping[str, str],
        pages: Mapping[str, tuple[Mapping[str, str], str]],
    ) -> None:
        """Keep what was made of an article; `pages` are (hashes of files, line of lists) by
        locale."""
        self.drop(slug)
        self._run(
            "INSERT INTO made VALUES (?, ?, ?, ?, ?, ?, ?)", slug, " ".join(published),
            " ".join(noticed), " ".join(asked), held, _json(assets),
            sum(len(files) for files, _ in pages.values()),
        )  # fmt: skip
        self._run_all(
            "INSERT INTO page VALUES (?, ?, ?, ?)",
            [(locale, slug, _json(files), listed) for locale, (files, listed) in pages.items()],
        )

    def drop(self, slug: str) -> None:
        """Forget an article."""
        self._run("DELETE FROM made WHERE slug = ?", slug)
        self._run("DELETE FROM page WHERE slug = ?", slug)

    def pages(self, locale: str) -> Iterator[tuple[str, dict[str, str], str]]:
        """(slug, hashes of files, line of lists) of a language's articles, in order of slug."""
        question = "SELECT slug, files, listed FROM page WHERE locale = ? ORDER BY slug"
        for slug, files, listed in self._all(question, locale):
            yield slug, json.loads(files), listed

    def assets(self) -> dict[str, str]:
        """The hashes of all that articles show beside words, by path."""
        rows = self._all("SELECT DISTINCT assets FROM made WHERE assets != '{}'")
        return {path: hash_ for (assets,) in rows for path, hash_ in json.loads(assets).items()}

    def files(self) -> int:
        """How many files the site has."""
        [(articles, languages)] = self._all(
            "SELECT (SELECT total(count) FROM made), (SELECT total(count) FROM language)"
        )
        return int(articles) + int(languages) + len(self.assets()) + int(self.get("top") or 0)

    # languages and looks

    def languages(self) -> Mapping[str, tuple[str, dict[str, str]]]:
        """Of each language: the hash of its manifest, and the hashes of files that the root
        manifest names."""
        rows = self._all("SELECT locale, manifest, others FROM language")
        return {locale: (hash_, json.loads(others)) for locale, hash_, others in rows}

    def keep_language(
        self, locale: str, manifest: str, others: Mapping[str, str], count: int
    ) -> None:
        """Keep what was made for a language: `count` files beside its articles."""
        values = (locale, manifest, _json(others), count)
        self._run("INSERT OR REPLACE INTO language VALUES (?, ?, ?, ?)", *values)

    def drop_language(self, locale: str) -> None:
        """Forget a language."""
        self._run("DELETE FROM language WHERE locale = ?", locale)

    def look(self, part: str) -> str:
        """What a part of the project's files looked like; empty when nobody knows."""
        rows = self._all("SELECT digest FROM look WHERE part = ?", part)
        return str(rows[0][0]) if rows else ""

    def looked(self, part: str) -> dict[str, list[Any]]:
        """The files of that part, by path, as they were kept."""
        rows = self._all("SELECT files FROM look WHERE part = ?", part)
        return dict(json.loads(rows[0][0])) if rows else {}

    def keep_look(self, part: str, digest: str, files: Mapping[str, object]) -> None:
        """Keep what a part looks like."""
        self._run("INSERT OR REPLACE INTO look VALUES (?, ?, ?)", part, digest, _json(files))

    def commit(self) -> None:
        """Make all of it last, if that can be done: a site without a memory is made anew."""
        with suppress(sqlite3.Error):
            self._connection.commit()

    def close(self) -> None:
        """Drop what was not committed."""
        self._connection.close()

    def _all(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise UnreadableError from error

    def _run(self, statement: str, *values: str | int) -> None:
        try:
            self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise UnreadableError from error

    def _run_all(self, statement: str, rows: Iterable[tuple[str, ...]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise UnreadableError from error


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def held_json(withheld: Sequence[Withheld], notices: Sequence[Notice]) -> str:
    """What is withheld of an article and said of it; empty when nothing."""
    if not (withheld or notices):
        return ""
    return _json([[asdict(one) for one in withheld], [asdict(one) for one in notices]])


def read_held(text: str) -> tuple[list[Withheld], list[Notice]]:
    """What `held_json` wrote."""
    withheld, notices = json.loads(text) if text else ([], [])
    return (
        [
            Withheld(
                one["article"],
                one["locale"],
                one["reason"],
                tuple(
                    WithheldMessage(**{**message, "standing": Standing(message["standing"])})
                    for message in one["messages"]
                ),
                Shown(one["shown"]),
            )
            for one in withheld
        ],
        [Notice(**one) for one in notices],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _open(path: Path | None) -> tuple[sqlite3.Connection, bool]:
    """A connection, and whether the file had to be made anew."""
    if path is None:
        return _made(""), True
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if path.is_symlink():
            raise sqlite3.OperationalError
        connection = sqlite3.connect(path)
        # It can be made again: a crash may cost it, not a write per page.
        connection.execute("PRAGMA synchronous = OFF")
        rows = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchall()
        if rows == [(_FORMAT,)]:
            return connection, False
        connection.close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:  # somebody else's: leave it to them
            return _made(""), True
    except sqlite3.Error:
        pass
    _remove(path)
    return _made(str(path)), True


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _made(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path)  # no name: a temporary file of SQLite's own
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO meta VALUES ('format', ?)", (_FORMAT,))
    return connection
