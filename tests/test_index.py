"""The index answers from its tallies what looking at each line would give."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medloc.index import Index, Line, Query, Reviewer

PEOPLE, ROLES = ("ana", "ben", "eve"), ("medical", "linguistic")
QUERIES = (
    Query(),
    Query(locale="es"),
    Query(article="b", locale="es"),
    Query(high_risk=True),
    Query(findings=True, locale="ar"),
    Query(standings=("missing", "approved")),
    Query(section="part"),
    Query(words="WORD 1"),
    Query(exact_source="word 2"),
    Query(waits_for=Reviewer("ana", ("medical",))),
    Query(waits_for=Reviewer("ben", ROLES, ("es",)), findings=True),
    Query(waits_for=Reviewer("eve", ())),
)


def some_line(chance: random.Random, article: str, locale: str, position: int) -> Line:
    def some(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(names, chance.randrange(len(names)))))

    standing = chance.choice(("missing", "waiting", "half_approved", "approved"))
    return Line(
        article, locale, position, f"{article}-{position}", "", chance.choice(("part", "end")),
        chance.random() < 0.3, standing, some((*ROLES, "x")), some(PEOPLE), some(PEOPLE),
        f"word {chance.randrange(4)}", f"Word {chance.randrange(4)}", f"{position}",
        chance.randrange(2), chance.randrange(2), chance.choice(("", "2026-01-02", "2026-03-04")),
    )  # fmt: skip


def fits(query: Query, line: Line) -> bool:
    """What a query means, line by line."""
    for name in ("article", "locale", "section"):
        if getattr(query, name) not in ("", getattr(line, name)):
            return False
    texts = f"{line.source}\n{line.target}".lower()
    who = query.waits_for
    return (
        (not query.standings or line.standing in query.standings)
        and query.high_risk in (None, line.high_risk)
        and (not query.findings or bool(line.errors or line.warnings))
        and query.words.lower() in texts
        and query.exact_source in ("", line.source)
        and (who is None or waits(who, line))
    )


def waits(who: Reviewer, line: Line) -> bool:
    return (
        line.standing in ("waiting", "half_approved")
        and bool(set(who.roles) & set(line.wanted))
        and who.id not in (*line.authors, *line.deciders)
        and line.locale in (who.locales or (line.locale,))
    )


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Index, list[Line]]:
    """An index after many changes, and the lines that should be in it, in their order."""
    index, chance = Index(tmp_path / "index.sqlite"), random.Random(7)
    pages: dict[tuple[str, str], list[Line]] = {}
    for step in range(60):
        page = chance.choice("abcd"), chance.choice(("ar", "es"))
        lines = [some_line(chance, *page, n) for n in range(chance.randrange(9))]
        for known in pages.get(page, ()):
            if known.position < len(lines) and chance.random() < 0.5:
                lines[known.position] = known
        index.replace(*page, stamp=str(step), lines=lines)
        pages[page] = lines
        if step % 20 == 19:
            index.drop([page])
            del pages[page]
    return index, sorted((li for lines in pages.values() for li in lines), key=lambda li: li.place)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_lists_are_those_of_looking_at_each_line(
    kept: tuple[Index, list[Line]], query: Query
) -> None:
    index, everything = kept
    fitting = [line for line in everything if fits(query, line)]
    assert index.lines(query, limit=999) == fitting
    assert index.count(query) == len(fitting)
    for offset in (0, 3, 17, 99):
        assert index.lines(query, limit=5, offset=offset) == fitting[offset : offset + 5]
    for line in everything:
        before = [one for one in fitting if one.place < line.place]
        after = [one for one in fitting if one.place > line.place]
        assert index.place(query, line) == len(before)
        part = len(before) // 4 * 4
        assert index.around(query, line, 4) == (len(before), fitting[part : part + 4])
        assert index.beside(query, line) == next(iter(after), None)
        assert index.beside(query, line, back=True) == next(reversed(before), None)


@pytest.mark.parametrize("query", [q for q in QUERIES if q.is_tallied], ids=str)
def test_figures_are_those_of_looking_at_each_line(
    kept: tuple[Index, list[Line]], query: Query
) -> None:
    index, everything = kept
    fitting = [line for line in everything if fits(query, line)]
    counted = index.counts(query)
    assert list(counted) == sorted({(line.article, line.locale) for line in fitting})
    for page, row in counted.items():
        lines = [line for line in fitting if (line.article, line.locale) == page]
        flags: dict[str, Callable[[Line], bool]] = {
            "high_risk": lambda line: line.high_risk,
            "errors": lambda line: line.errors > 0,
            "warnings": lambda line: line.warnings > 0,
        }
        assert row == {
            **Counter(line.standing for line in lines),
            **{name: sum(map(has, lines)) for name, has in flags.items()},
        }
        times = [line.since for line in lines if line.since]
        assert index.oldest(query)[page] == min(times, default="")


def test_lines_that_change_places_are_where_they_belong(tmp_path: Path) -> None:
    index, chance = Index(tmp_path / "index.sqlite"), random.Random(1)
    lines = [some_line(chance, "a", "es", n) for n in range(5)]
    index.replace("a", "es", stamp="1", lines=lines)
    turned = [replace(line, position=n) for n, line in enumerate([*lines[3:], *lines[:3]])]
    index.replace("a", "es", stamp="2", lines=turned)
    assert index.lines(Query(), limit=9) == turned
    assert index.stamps() == {("a", "es"): "2"}


def test_failed_change_changes_nothing(tmp_path: Path) -> None:
    index, chance = Index(tmp_path / "index.sqlite"), random.Random(1)
    lines = [some_line(chance, "a", "es", n) for n in range(3)]
    index.replace("a", "es", stamp="1", lines=lines)
    twins = [replace(line, id="same", source="other") for line in lines]
    with pytest.raises(Exception, match="UNIQUE"):
        index.replace("a", "es", stamp="2", lines=twins)
    assert index.lines(Query(), limit=9) == lines
    assert (index.count(Query()), index.stamps()) == (3, {("a", "es"): "1"})
