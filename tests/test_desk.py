"""A project kept open: the fold and the index follow what happens, whoever did it."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from medloc.errors import ConflictError, LedgerError, UsageError
from medloc.index import Query, Reviewer
from medloc.ledger import open_ledger
from medloc.model import Kind
from medloc.standing import fold
from medloc.workflow.desk import Desk
from medloc.workflow.past import NO_PAST
from medloc.workflow.requests import Request
from tests.content import WORDS, Content, approved_project, small_project

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DOCTOR = Reviewer("doctor", ("medical", "linguistic"))


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path)
    made.translate("es", WORDS["es"])
    return made


@pytest.fixture
def desk(content: Content) -> Desk:
    made = Desk(content.root, clock=lambda: NOW)
    made.refresh()
    return made


def standings(desk: Desk, locale: str = "es") -> dict[str, int]:
    counted = desk.index.counts(Query(locale=locale))
    return dict(next(iter(counted.values())))


def approve(desk: Desk, person: str = "doctor", **more: object) -> int:
    request = Request(
        kind=Kind.APPROVE, articles=("fever",), locales=("es",), actor=person, door="cli", **more
    )
    return len(desk.decide(request).done)


def test_lines_are_the_messages_in_document_order(desk: Desk, content: Content) -> None:
    rows = content.json("messages", "fever", "es")
    lines = desk.index.lines(Query(locale="es"), limit=99)
    assert [(r["id"], r["standing"], r["pair"]) for r in rows] == [
        (line.id, line.standing, line.pair) for line in lines
    ]
    assert [line.position for line in lines] == list(range(9))
    assert desk.index.lines(Query(locale="es"), limit=2, offset=3) == lines[3:5]
    assert desk.index.place(Query(locale="es"), lines[4]) == 4


def test_second_refresh_reads_nothing(desk: Desk) -> None:
    assert desk.refresh() == 0


def test_decision_moves_the_index_along(desk: Desk) -> None:
    assert desk.index.count(Query(waits_for=DOCTOR, locale="es")) == 9
    approve(desk)
    assert (standings(desk)["approved"], standings(desk)["half_approved"]) == (8, 1)
    assert not desk.index.count(Query(waits_for=DOCTOR, locale="es"))
    assert desk.refresh() == 0


def test_decision_of_somebody_else_is_seen(desk: Desk, content: Content) -> None:
    content("decide", "approve", "fever", "es", "--as", "doctor")
    assert standings(desk)["waiting"] == 9
    assert desk.refresh() == 1
    assert standings(desk)["approved"] == 8


def test_changed_catalog_is_seen(desk: Desk, content: Content) -> None:
    content.translate("es", {"Rest": "Repose"})
    assert desk.refresh() == 1
    assert any(line.target == "Repose" for line in desk.index.lines(Query(words="repose")))


def test_changed_article_and_settings_are_seen(desk: Desk, content: Content) -> None:
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace("- Rest\n", "- Sleep\n"))
    desk.refresh()
    assert desk.index.count(Query(locale="en", words="Sleep")) == 1
    settings = content.read("medloc.yaml")
    content.write("medloc.yaml", settings.replace("locales: [es, ar]", "locales: [es]"))
    desk.refresh()
    assert desk.index.count(Query(locale="ar")) == 0


def test_article_that_is_looked_at_is_as_it_is_on_the_disk(desk: Desk, content: Content) -> None:
    before = desk.sources
    assert desk.sources is before
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace("- Rest\n", "- Sleep\n"))
    found = desk.article("fever")
    assert found is not None
    assert "- Sleep" in found.text
    assert desk.sources.articles["fever"] is found
    assert desk.article("cough") is None


def test_decision_on_a_text_that_has_gone_from_its_article_is_refused(
    desk: Desk, content: Content
) -> None:
    (line,) = desk.index.lines(Query(locale="es", exact_source="Rest"))
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace("- Rest\n", "- Sleep\n"))
    with pytest.raises(UsageError, match="no message"):
        approve(desk, messages=(line.id,), expect=line.pair)


def test_change_of_people_is_seen_at_once_and_reads_no_article(
    desk: Desk, content: Content
) -> None:
    before = desk.sources
    settings = content.read("medloc.yaml")
    content.write("medloc.yaml", settings.replace("id: writer", "id: author"))
    assert "author" in desk.project.settings.people
    assert desk.sources is before
    assert desk.refresh() == 0


def test_who_reads_does_not_wait_for_who_decides(content: Content) -> None:
    deciding, done = threading.Event(), threading.Event()

    def clock() -> dt.datetime:
        deciding.set()
        assert done.wait(20)
        return NOW

    desk = Desk(content.root, clock=clock)
    desk.refresh()
    thread = threading.Thread(target=approve, args=(desk,))
    thread.start()
    assert deciding.wait(20)
    assert desk.article("fever") is not None
    assert desk.decisions.head == 0
    done.set()
    thread.join()
    assert desk.decisions.head > 0


def test_half_approved_waits_for_the_other_role_in_their_locales(desk: Desk) -> None:
    approve(desk)
    (half,) = desk.index.lines(Query(locale="es", standings=("half_approved",)))
    other = half.wanted[0]
    assert half.deciders == ("doctor",)
    assert desk.index.lines(Query(waits_for=Reviewer("x", (other,), ("es",)))) == [half]
    assert not desk.index.count(Query(waits_for=Reviewer("x", (other,), ("fr",))))
    assert not desk.index.count(Query(waits_for=Reviewer("doctor", (other,), ("es",))))


def test_own_words_wait_for_somebody_else(desk: Desk, content: Content) -> None:
    content("sync", "--as", "writer", "es")
    desk.refresh()
    assert desk.index.count(Query(waits_for=DOCTOR, locale="es")) == 9
    assert not desk.index.count(Query(waits_for=Reviewer("writer", ("medical",)), locale="es"))


def test_findings_are_counted_and_waived_ones_are_not(content: Content) -> None:
    settings = content.read("medloc.yaml").replace(", checks: {all: off}", "")
    content.write("medloc.yaml", settings)
    content.translate("es", {"Rest": "Descanse 3 días"})
    desk = Desk(content.root, clock=lambda: NOW)
    desk.refresh()
    (line,) = desk.index.lines(Query(locale="es", findings=True))
    assert (line.source, line.errors) == ("Rest", 1)
    waive = Request(
        kind=Kind.WAIVE, articles=("fever",), locales=("es",), actor="doctor", door="cli",
        messages=(line.id,), check="numbers", reason="said elsewhere",
    )  # fmt: skip
    assert desk.decide(waive).done
    assert not desk.index.count(Query(locale="es", findings=True))
    content.write("medloc.yaml", settings.replace("[cli]", "[cli], checks: {all: off}"))
    content.translate("es", {"Rest": "Descanse 4 días"})
    desk.refresh()
    assert not desk.index.count(Query(locale="es", findings=True))


def test_unreadable_catalog_is_a_trouble_and_the_rest_is_there(
    desk: Desk, content: Content
) -> None:
    content.catalog("es").write_text("msgid broken", encoding="utf-8")
    desk.refresh()
    assert [t.path for t in desk.troubles] == ["locales/es/LC_MESSAGES/fever.po"]
    assert desk.index.count(Query(locale="en")) == 9


def test_index_may_be_deleted_and_is_made_again(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    desk = Desk(content.root)
    desk.refresh()
    before = desk.index.lines(Query(), limit=99)
    (content.root / ".medloc/index.sqlite").unlink()
    again = Desk(content.root)
    assert again.refresh() == 3
    assert again.index.lines(Query(), limit=99) == before
    assert again.refresh(anew=True) == 3


def test_past_in_steps_is_the_fold_of_the_whole_ledger(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    ledger = open_ledger("sqlite:///ledger.sqlite", base=content.root)
    past = NO_PAST.brought_up(ledger)
    content("decide", "withdraw", "fever", "es", "--as", "doctor")
    later = past.brought_up(ledger)
    assert later.decisions == fold(ledger.events())
    assert later.brought_up(ledger) is later


def test_past_of_a_replaced_ledger_is_refused(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    past = NO_PAST.brought_up(open_ledger("sqlite:///ledger.sqlite", base=content.root))
    other = approved_project(tmp_path / "other")
    with pytest.raises(LedgerError, match="replaced"):
        past.brought_up(open_ledger("sqlite:///ledger.sqlite", base=other.root))


def edited(content: Content, old: str, new: str) -> Desk:
    """The project with all of es approved, and then one source text edited."""
    settings = content.read("medloc.yaml")
    content.write("medloc.yaml", settings.replace("doors: [cli]", "doors: [app, cli]"))
    content.approve_all("es", "doctor", "linguist", "writer")
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace(old, new))
    content("sync")
    content.translate("es", {new: WORDS["es"].get(old, "")})
    return Desk(content.root, clock=lambda: NOW)


def test_edit_that_keeps_the_meaning_is_carried_for_all_locales(content: Content) -> None:
    desk = edited(content, "Rest", "Resting")
    (edit,) = desk.source_edits()
    assert (edit.was, edit.now, edit.locales, edit.problem) == ("Rest", "Resting", ("es",), "")
    event = "4f0d3c1e-0000-4000-8000-000000000001"
    outcome = desk.carry(edit, actor="editor", reason="only the form", event=event)
    assert [(done.locale, done.message) for done in outcome.done] == [("es", edit.message)]
    assert desk.source_edits() == ()
    line = desk.index.line("fever", "es", edit.message)
    assert line is not None
    assert line.standing == "approved"


def test_edit_that_was_changed_again_is_not_carried(content: Content) -> None:
    desk = edited(content, "Rest", "Resting")
    (edit,) = desk.source_edits()
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace("Resting", "Rested"))
    event = "4f0d3c1e-0000-4000-8000-000000000002"
    with pytest.raises(ConflictError, match="changed since it was read"):
        desk.carry(edit, actor="editor", reason="only the form", event=event)


def test_edit_of_a_number_says_why_it_is_not_carried(content: Content) -> None:
    desk = edited(content, "Rest", "Rest for 3 days")
    assert [edit.problem[:16] for edit in desk.source_edits()] == ["a number, unit, "]
