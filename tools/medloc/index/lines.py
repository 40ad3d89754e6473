"""A line of the index, what may be asked of lines, and both as SQLite has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = (
    "article", "locale", "position", "id", "context", "section", "high_risk", "standing", "wanted",
    "authors", "deciders", "source", "target", "pair", "errors", "warnings", "since",
)  # fmt: skip
DECIDABLE = ("waiting", "half_approved")
_LISTS = ("wanted", "authors", "deciders")


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

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands among all lines: lists are in this order."""
        return self.locale, self.article, self.position


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

    @property
    def is_tallied(self) -> bool:
        """Whether tallies can answer it: it asks nothing of single texts."""
        return not (self.section or self.words or self.exact_source)


def row_of(line: Line) -> tuple[object, ...]:
    """A line as its table has it."""
    values = (getattr(line, name) for name in COLUMNS)
    return tuple(f" {' '.join(v)} " if isinstance(v, tuple) else v for v in values)


def line_of(row: Sequence[object]) -> Line:
    """The line of a row."""
    values = dict(zip(COLUMNS, row, strict=True))
    for name in _LISTS:
        values[name] = tuple(str(values[name]).split())
    values["high_risk"] = bool(values["high_risk"])
    return Line(**values)  # type: ignore[arg-type]


def condition(query: Query, *, tallied: bool = False) -> tuple[str, list[object]]:
    """The condition of a query, always one, and its values: on lines, or on tallies."""
    parts: list[str] = ["1"]
    values: list[object] = []
    for column in ("article", "locale", "section"):
        if wanted := getattr(query, column):
            parts.append(f"{column} = ?")
            values.append(wanted)
    if query.standings:
        parts.append(f"standing IN ({_marks(query.standings)})")
        values += query.standings
    if query.high_risk is not None:
        parts.append("high_risk = ?")
        values.append(int(query.high_risk))
    if query.findings:
        parts.append("found" if tallied else "(errors > 0 OR warnings > 0)")
    if query.exact_source:
        parts.append("source = ?")
        values.append(query.exact_source)
    if query.words:
        parts.append("(instr(lower(source), lower(?)) OR instr(lower(target), lower(?)))")
        values += [query.words, query.words]
    if query.waits_for is not None:
        _waiting(query.waits_for, parts, values)
    return " AND ".join(parts), values


def _waiting(reviewer: Reviewer, parts: list[str], values: list[object]) -> None:
    """What a reviewer can decide on now."""
    parts.append(f"standing IN ({_marks(DECIDABLE)})")
    values += DECIDABLE
    parts.append(f"({' OR '.join(['instr(wanted, ?)'] * len(reviewer.roles)) or '0'})")
    values += [f" {role} " for role in reviewer.roles]
    parts.append("NOT instr(authors, ?) AND NOT instr(deciders, ?)")
    values += [f" {reviewer.id} "] * 2
    if reviewer.locales:
        parts.append(f"locale IN ({_marks(reviewer.locales)})")
        values += reviewer.locales


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
