"""Translate: the list, the editor with its checks, conflicts, and files taken and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from streamlit.testing.v1 import AppTest

from medloc.catalogs import read_catalog
from medloc.model import Event
from medloc.workflow.desk import Desk
from medloc.workflow.parcels import zipped
from review_app.widgets import texts
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.screen import press, runs, settle

LIMIT = "Fever is {limit} or more. See [the leaflet][leaflet]."
Apps = Callable[..., AppTest]
Pages = Callable[..., Page]


def opened(content: Content, *texts: str, locale: str = "es", article: str = "fever") -> None:
    """Leave these texts without words."""
    content.translate(locale, dict.fromkeys(texts, ""), article)


def wording(content: Content, text: str, locale: str = "es", article: str = "fever") -> str:
    catalog = read_catalog(content.catalog(locale, article), name="x.po")
    return next(e.msgstr for e in catalog.entries if e.msgid == text and not e.obsolete)


def last_event(content: Content) -> Event:
    from medloc.ledger import open_ledger

    return open_ledger("sqlite:///ledger.sqlite", base=content.root).events()[-1]


def area(app: AppTest) -> object:
    (found,) = (one for one in app.text_area if (one.key or "").startswith("words-"))
    return found


def type_in(app: AppTest, text: str) -> AppTest:
    area(app).set_value(text).run()  # type: ignore[attr-defined]
    assert not app.exception
    return app


def text_of(app: AppTest) -> str:
    return str(area(app).value)  # type: ignore[attr-defined]


def click(app: AppTest, label: str) -> AppTest:
    (button,) = (one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def listed(app: AppTest) -> list[str]:
    return [b.label for b in app.button if (b.key or "").startswith("list-")]


def test_saving_writes_as_the_translator_and_goes_on(app_of: Apps, content: Content) -> None:
    opened(content, "Rest", LIMIT)
    app = app_of("writer", "translate", locale="es")
    assert [label[0] for label in listed(app)] == ["○", "○"]
    type_in(app, "Fiebre: {limit}. [Folleto][leaflet].")
    click(app, "Save and go on")
    assert wording(content, LIMIT) == "Fiebre: {limit}. [Folleto][leaflet]."
    event = last_event(content)
    assert (event.draft.kind.value, event.draft.actor, event.draft.door) == (
        "propose", "writer", "app"
    )  # fmt: skip
    assert text_of(app) == ""
    assert "Rest" in html(app)
    type_in(app, "Descanse")
    click(app, "Save")
    assert wording(content, "Rest") == "Descanse"
    assert not listed(app)


def test_next_sentence_is_the_one_that_follows(app_of: Apps, content: Content) -> None:
    opened(content, LIMIT, "Rest", "Drink **water**")
    app = app_of("writer", "translate", locale="es")
    click(app, "Next →")
    click(app, "← Previous")
    type_in(app, "Hay {limit}. [F][leaflet]")
    click(app, "Save and go on")
    assert ">Rest<" in html(app)
    assert not any("…" in label for label in listed(app))
    type_in(app, "Descanse")
    click(app, "Save and go on")
    type_in(app, "Beba **agua**")
    click(app, "Save")
    assert text_of(app) == "Beba **agua**"
    assert "while you were writing" not in html(app)


def test_draft_that_breaks_the_markup_stays_in_focus(app_of: Apps, content: Content) -> None:
    opened(content, "Rest", "Drink **water**")
    app = app_of("writer", "translate", locale="es")
    assert listed(app) == ["○ Rest", "○ Drink water"]
    click(app, "Next →")
    type_in(app, "Beba agua")
    click(app, "Save and go on")
    assert "drops" in app.warning[0].value
    assert text_of(app) == wording(content, "Drink **water**") == "Beba agua"
    type_in(app, "Beba **agua**")
    click(app, "Save and go on")
    assert ">Rest<" in html(app)


def test_what_is_to_do_comes_first_and_each_kind_has_its_list(
    app_of: Apps, content: Content
) -> None:
    opened(content, "Rest")
    (row,) = (r for r in content.json("messages", "fever", "es") if r["source"] == "What fever is")
    content("decide", "request-changes", "fever", "es", "--message", row["id"], "--as", "doctor",
            "--reason", "say it plainer")  # fmt: skip
    app = app_of("writer", "translate", locale="es", work="all")
    assert [label[0] for label in listed(app)] == ["✎", "○", *"●" * 7]
    assert "say it plainer" in html(app)
    assert len(listed(app_of("writer", "translate", locale="es", work="waiting"))) == 7
    assert len(listed(app_of("writer", "translate", locale="es"))) == 2


def test_structure_is_held_to_the_source_while_it_is_typed(app_of: Apps, content: Content) -> None:
    opened(content, LIMIT)
    app = app_of("writer", "translate", locale="es")
    type_in(app, "Hay fiebre. [Folleto][leaflet].")
    assert "drops the quantity `{limit}`" in html(app)
    type_in(app, "Hay fiebre con {limit}. [Folleto][leaflet].")
    assert "drops the quantity" not in html(app)
    assert "The checks find nothing" in html(app)
    assert wording(content, LIMIT) == ""


def test_typed_words_wait_for_their_writer(app_of: Apps, content: Content) -> None:
    opened(content, "Rest", LIMIT)
    app = app_of("writer", "translate", locale="es")
    type_in(app, "Hay")
    click(app, "Next →")
    assert text_of(app) == ""
    click(app, "← Previous")
    assert text_of(app) == "Hay"
    assert any("…" in label for label in listed(app))


def test_somebody_was_first_and_nothing_is_lost(app_of: Apps, content: Content) -> None:
    opened(content, "Rest", LIMIT)
    app = app_of("writer", "translate", locale="es")
    type_in(app, "Mía")
    theirs = "Suya <b>{limit}</b> [f][leaflet]"
    content.translate("es", {LIMIT: theirs})
    click(app, "Save and go on")
    assert wording(content, LIMIT) == theirs
    assert text_of(app) == "Mía"
    assert "Suya &lt;b&gt;" in html(app)
    assert not any("Suya" in one.value for one in (*app.warning, *app.error))
    click(app, "Save")  # once more: still theirs, until it is said which shall stand
    assert wording(content, LIMIT) == theirs
    click(app, "Go on with mine")
    assert text_of(app) == "Mía"
    click(app, "Save")
    assert wording(content, LIMIT) == "Mía"


def test_words_of_who_was_first_can_be_taken(app_of: Apps, content: Content) -> None:
    opened(content, "Rest")
    app = app_of("writer", "translate", locale="es")
    type_in(app, "Mía")
    content.translate("es", {"Rest": "Repose"})
    click(app, "Save")
    click(app, "Take theirs")
    assert text_of(app) == "Repose"
    assert wording(content, "Rest") == "Repose"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("क्लोनस होता है।", ["क्लोनस", " ", "होता", " ", "है", "।"]),
        ("فورًا 5 mg", ["فورًا", " ", "5", " ", "mg"]),
        ("CT检查 2 次", ["CT", "检", "查", " ", "2", " ", "次"]),
        ("می‌رود.", ["می‌رود", "."]),
    ],
)
def test_differences_are_of_whole_words(text: str, pieces: list[str]) -> None:
    assert texts._PIECE.findall(text) == pieces


def test_same_source_elsewhere_is_offered(app_of: Apps, content: Content) -> None:
    from tests.review_app.projects import new_article

    other = new_article(content)
    opened(content, "Rest")
    app = app_of("writer", "translate", locale="es", article="fever")
    click(app, "Use these words")
    assert text_of(app) == "Descanse"
    assert wording(content, "Rest") == ""
    click(app, "Save")
    assert (wording(content, "Rest"), wording(content, "Rest", article=other)) == (
        "Descanse", "Descanse"
    )  # fmt: skip


def test_question_is_an_event_and_keeps_what_is_typed(app_of: Apps, content: Content) -> None:
    opened(content, "Rest")
    app = app_of("writer", "translate", locale="es")
    type_in(app, "Des")
    (box,) = (one for one in app.text_area if (one.key or "").startswith("ask-"))
    box.set_value("Rest in bed?").run()
    click(app, "Send")
    event = last_event(content)
    assert (event.draft.kind.value, event.draft.reason) == ("comment", "Rest in bed?")
    assert text_of(app) == "Des"
    assert "Rest in bed?" in html(app)


def test_only_own_locales_can_be_written(app_of: Apps, content: Content) -> None:
    opened(content, "Rest")
    opened(content, "Rest", locale="ar")
    app = app_of("ana", "translate", locale="ar", article="fever")
    assert not [one for one in app.selectbox if one.key == "t-locale"]
    type_in(app, "Descanse")
    click(app, "Save")
    assert (wording(content, "Rest"), wording(content, "Rest", "ar")) == ("Descanse", "")
    assert not list(app_of("editor", "translate").text_area)


# --- in Chromium ------------------------------------------------------------------------------


@pytest.mark.browser
def test_journey_of_a_translator_in_arabic(page_of: Pages, article: str, server: AppServer) -> None:
    content = server.content
    opened(content, LIMIT, "Rest", locale="ar", article=article)
    Desk(content.root).refresh()
    path = f"/translate?article={article}&locale=ar"
    page = page_of("writer", path)
    box = page.locator('[class*="st-key-editor-"] textarea')
    expect(box).to_have_css("direction", "rtl")
    expect(box).to_have_attribute("lang", "ar")
    box.click()
    before = runs(page)
    page.keyboard.type("الحمى هي  أو أكثر.")
    settle(page, after=before)
    checked = page.get_by_test_id("checked")
    expect(checked).to_contain_text("drops the quantity")
    expect(box).to_be_focused()
    for _ in " أو أكثر.":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+Digit1")
    expect(box).to_have_value("الحمى هي {limit} أو أكثر.")
    expect(checked).not_to_contain_text("drops the quantity")
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.get_by_role("button", name="[…][leaflet]").click()
    page.keyboard.type("النشرة")
    words = "الحمى هي {limit} أو أكثر. [النشرة][leaflet]"
    expect(box).to_have_value(words)
    expect(checked).to_contain_text("The checks find nothing")
    page.reload()
    settle(page)
    expect(box).to_have_value(words)
    box.click()
    page.keyboard.press("End")
    page.keyboard.type(".")
    press(page, "Control+Enter")  # at once, before the pause is over
    expect(page.get_by_test_id("source")).to_have_text("Rest")
    assert wording(content, LIMIT, "ar", article) == f"{words}."
    expect(box).to_have_value("")


@pytest.mark.browser
def test_two_people_and_hostile_words(page_of: Pages, article: str, server: AppServer) -> None:
    """The second is told, and what either typed is text, wherever it is shown."""
    content = server.content
    opened(content, "Rest", article=article)
    Desk(content.root).refresh()
    path = f"/translate?article={article}&locale=es"
    one, two = page_of("writer", path), page_of("ana", path)
    hostile = "<img src=x onerror=alert(1)> ![x](http://example.org/x.png) :red[x] </textarea>"
    boxes = [page.locator('[class*="st-key-editor-"] textarea') for page in (one, two)]
    boxes[0].fill(hostile + " one")
    boxes[1].fill(hostile + " two")
    press(one, "Control+Shift+Enter")
    expect(one.get_by_test_id("stAlert")).to_contain_text("Kept as a draft")
    press(two, "Control+Shift+Enter")
    expect(two.get_by_test_id("stAlert")).to_contain_text("Not saved yet")
    expect(two.get_by_test_id("theirs")).to_have_text(hostile + " one")
    expect(boxes[1]).to_have_value(hostile + " two")
    assert wording(content, "Rest", article=article) == hostile + " one"
    two.get_by_role("button", name="Go on with mine").click()
    expect(two.get_by_test_id("theirs")).to_have_count(0)
    expect(boxes[1]).to_have_value(hostile + " two")
    boxes[1].focus()
    press(two, "Control+Shift+Enter")
    expect(two.get_by_test_id("stAlert")).to_contain_text("Kept as a draft")
    assert wording(content, "Rest", article=article) == hostile + " two"
    for page in (one, two):
        assert not page.locator("[data-testid=stMain] img, [data-testid=stMain] script").count()


@pytest.mark.browser
def test_files_go_out_and_come_back(
    page_of: Pages, article: str, server: AppServer, tmp_path: Path
) -> None:
    content = server.content
    opened(content, "Rest", article=article)
    Desk(content.root).refresh()
    page = page_of("writer", f"/translate?article={article}&locale=es&work=files")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"{article} alone (1 open)").click()
    taken = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == f"{article}.po"
    assert 'msgid "Rest"\nmsgstr ""' in taken
    back = taken.replace('msgid "Rest"\nmsgstr ""', 'msgid "Rest"\nmsgstr "Repose bien"')
    back = back.replace('msgstr "Fiebre"', 'msgstr "La fiebre"')
    back = back.replace('msgstr "Qué es la fiebre"', 'msgstr "Lo que es la fiebre"')
    back = back.replace("Beba **agua**", "Beba agua")
    content.translate("es", {"What fever is": "La fiebre: qué es"}, article)

    upload = page.locator('input[type="file"]')
    before = runs(page)
    upload.set_input_files(_file("x.zip", b"PK nothing"))
    settle(page, after=before)
    expect(page.get_by_role("alert")).to_contain_text("damaged")
    before = runs(page)
    upload.set_input_files(_file("back.zip", zipped({f"es/{article}.po": back.encode()})))
    settle(page, after=before)
    plan = page.get_by_test_id("plan")
    expect(plan.locator("[data-fate=new]")).to_have_text("new: 1")
    expect(plan.locator("[data-fate=changed]")).to_have_text("changed: 1")
    expect(plan.locator("[data-fate=conflict]")).to_have_text("conflict: 1")
    structure = page.locator('[data-testid=returned][data-fate="structure"]')
    expect(structure).to_contain_text("drops `**...**`")
    expect(page.get_by_role("button", name="Write as mine: 2")).to_be_visible()
    conflict = page.locator('[data-testid=returned][data-fate="conflict"]')
    expect(conflict).to_contain_text("since you took the file")
    page.get_by_text("Mine shall stand").click()
    page.get_by_role("button", name="Write as mine: 3").click()
    expect(page.get_by_text("Written as yours: 3.")).to_be_visible()
    found = {text: wording(content, text, article=article) for text in
             ("Rest", "Fever", "What fever is", "Drink **water**")}  # fmt: skip
    assert found == {
        "Rest": "Repose bien", "Fever": "La fiebre", "What fever is": "Lo que es la fiebre",
        "Drink **water**": "Beba **agua**",
    }  # fmt: skip


def _file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}
