"""A wording tried out before it is saved, and words that are suggested for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from medloc.index import Line, Query
from medloc.model import Message, Pair
from medloc.workflow.desk import Desk
from medloc.workflow.trying import (
    Tried,
    before_the_edit,
    suggestions,
    terms_in,
    try_wording,
)
from tests.content import SETTINGS, Content, small_project

OTHER = """\
---
title: Rest days
quantities:
  dose: {value: 7, unit: milligram}
---

Rest

Drink enough water and rest at home every day.

Drink enough water and take {dose}.

Give 5 mg of the medicine at night with water.
"""
WATER = "Drink enough water and rest at your home every day."
MEDICINE = "Give 50 mg of the medicine at night with water."
ARTICLE = f"---\ntitle: Fever\n---\n\nRest\n\n{WATER}\n\n{MEDICINE}\n"
SPANISH = {
    "Rest": "Descanse",
    "Drink enough water and rest at home every day.": "Beba agua y descanse en casa cada día.",
    "Drink enough water and take {dose}.": "Beba agua y tome {dose}.",
    "Give 5 mg of the medicine at night with water.": "Dé 5 mg por la noche con agua.",
}


@pytest.fixture
def content(tmp_path: Path) -> Content:
    settings = SETTINGS.replace("checks: {all: off}", "checks: {}")
    content = small_project(tmp_path, article=ARTICLE, settings=settings)
    content.write("source_content/other.md", OTHER)
    content("sync")
    content.translate("es", SPANISH, "other")
    return content


@pytest.fixture
def desk(content: Content) -> Desk:
    made = Desk(content.root, clock=lambda: dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    made.refresh()
    return made


def line_of(desk: Desk, source: str, article: str = "fever") -> Line:
    (line,) = desk.index.lines(Query(locale="es", article=article, exact_source=source))
    return line


def tried(desk: Desk, source: str, wording: str) -> Tried:
    article = desk.sources.articles["other"]
    message: Message = next(m for m in article.messages if m.text == source)
    return try_wording(desk, article, "es", message, wording)


def test_wording_is_written_out_held_to_its_source_and_checked(desk: Desk) -> None:
    source = "Drink enough water and take {dose}."
    good = tried(desk, source, "Beba suficiente agua y tome {dose}.")
    assert good.translation.pair.target == "Beba suficiente agua y tome 7\xa0mg."
    assert (good.problem, good.findings) == ("", ())
    assert good.marks[0]
    bad = tried(desk, source, "Beba 70 agua.")
    assert "drops the quantity" in bad.problem
    assert "numbers" in [finding.check for finding in bad.findings]
    nothing = tried(desk, source, " ")
    assert (nothing.problem, nothing.findings) == ("", ())


def test_bad_glossary_is_said_and_the_structure_still_held(desk: Desk, content: Content) -> None:
    content.write("locales/es/glossary.yaml", "terms: 5\n")
    bad = tried(desk, "Drink enough water and take {dose}.", "Beba")
    assert "glossary.yaml" in bad.trouble
    assert "drops the quantity" in bad.problem


def test_terms_are_those_the_source_names_in_its_order(desk: Desk, content: Content) -> None:
    content.write(
        "locales/es/glossary.yaml",
        "terms:\n  - {term: night, accepted: [noche]}\n  - {term: fever, accepted: [fiebre]}\n"
        "  - {term: medicine, accepted: [medicamento]}\n",
    )
    pair = Pair("fever", "es", "start", MEDICINE, "")
    assert [term.term for term in terms_in(pair, desk.context("es"))] == ["medicine", "night"]


def test_same_source_is_suggested_first(desk: Desk) -> None:
    (same,) = suggestions(desk, line_of(desk, "Rest"))
    assert (same.wording, same.same, same.line.article) == ("Descanse", True, "other")


def test_similar_source_is_suggested(desk: Desk) -> None:
    (one,) = suggestions(desk, line_of(desk, WATER))
    assert (one.wording, one.same) == ("Beba agua y descanse en casa cada día.", False)


def test_source_that_states_other_facts_is_never_suggested(desk: Desk) -> None:
    assert not suggestions(desk, line_of(desk, MEDICINE))


def test_suggestion_keeps_its_placeholders_open(desk: Desk, content: Content) -> None:
    content.write("source_content/third.md", OTHER.replace("Rest days", "Third"))
    content("sync")
    content.translate("es", {"Drink enough water and take {dose}.": ""}, "third")
    desk.refresh()
    line = next(li for li in desk.index.lines(Query(locale="es", article="third"), limit=99)
                if li.source.startswith("Drink enough water and take"))  # fmt: skip
    assert [s.wording for s in suggestions(desk, line) if s.same] == ["Beba agua y tome {dose}."]


def test_rejected_words_are_not_suggested(desk: Desk, content: Content) -> None:
    id_ = line_of(desk, "Rest", "other").id
    content("decide", "request-changes", "other", "es", "--message", id_, "--as", "doctor",
            "--reason", "rude")  # fmt: skip
    desk.refresh()
    assert not suggestions(desk, line_of(desk, "Rest"))


@pytest.mark.parametrize(
    ("edited", "kept"),
    [
        ("Drink enough clean water and rest at home every day.", True),
        ("Drink enough water and rest at home every 2 days.", False),
    ],
)
def test_what_stood_before_the_author_edited(
    desk: Desk, content: Content, edited: str, kept: bool
) -> None:
    old = "Drink enough water and rest at home every day."
    content.write("source_content/other.md", OTHER.replace(old, edited))
    content("sync")
    desk.refresh()
    line = line_of(desk, edited, "other")
    assert bool(line.target) == kept
    message = next(m for m in desk.sources.articles["other"].messages if m.id == line.id)
    pair = Pair("other", "es", line.context, line.source, line.target)
    assert before_the_edit(desk.project, pair, message) == (old, SPANISH[old])


def test_nothing_stood_before(desk: Desk) -> None:
    message = desk.sources.articles["fever"].messages[0]
    assert before_the_edit(desk.project, Pair("fever", "es", "", "", ""), message) == ("", "")
