"""Publish: only for publishers, looked up at each act; builds, recalls and proofs as they are."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from medloc.errors import UsageError
from medloc.model import Kind, Person
from medloc.workflow.verify import Verified
from review_app import office, publishing
from review_app.jobs import Jobs
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.projects import new_project
from tests.review_app.screen import settle

PAGE = "site/es/fever/index.html"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """English and Spanish approved, Arabic waiting; made once, for it takes many commands."""
    made = new_project(tmp_path_factory.mktemp("prepared") / "project")
    made.approve_all("en", "editor")
    made.approve_all("es", "doctor", "writer")
    office.Desk(made.root).refresh()
    return made


@pytest.fixture
def content(prepared: Content, tmp_path: Path) -> Content:
    shutil.copytree(prepared.root, tmp_path / "project")
    return Content(tmp_path / "project")


def press(app: AppTest, key: str) -> AppTest:
    """Press the button whose key begins so."""
    (button,) = (b for b in app.button if str(b.key).startswith(key))
    button.click().run()
    assert not app.exception
    return app


def ended(app: AppTest, kind: str) -> AppTest:
    """Wait until a job has ended, and look at the screen."""
    end = time.monotonic() + 60
    while any(job.ended is None for job in publishing.jobs().recent(kind)):
        assert time.monotonic() < end, "the job does not end"
        time.sleep(0.01)
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All that the screen says."""
    boxes = (*app.success, *app.error, *app.warning, *app.info, *app.markdown, *app.caption)
    return "\n".join([*(box.value for box in boxes), *(h.proto.body for h in app.get("html"))])


def metrics(app: AppTest) -> list[str]:
    return [metric.value for metric in app.metric]


def events(content: Content, kind: Kind) -> list[dict[str, str]]:
    content("ledger", "export", "events.jsonl")
    lines = map(json.loads, content.read("events.jsonl").splitlines())
    return [line for line in lines if line["kind"] == kind.value]


def part(app: AppTest, name: str) -> AppTest:
    """Go to a part of the screen."""
    app.session_state["publish-part"] = name
    app.run()
    assert not app.exception
    return app


def with_roles(content: Content, roles: str) -> None:
    text = content.read("medloc.yaml").replace("roles: [publisher]", f"roles: [{roles}]")
    content.write("medloc.yaml", text)


# --- who ----------------------------------------------------------------------------------------


def test_nobody_but_publishers_has_the_screen(app_of: Callable[..., AppTest]) -> None:
    app = app_of("doctor", "publish")
    assert [h.value for h in app.header] != ["Publish"]
    assert not [b for b in app.button if str(b.key).startswith("build")]


def test_a_publisher_who_is_none_any_more_builds_nothing(
    app_of: Callable[..., AppTest], content: Content
) -> None:
    app = app_of("publisher", "publish")
    with_roles(content, "translator")
    press(app, "build-")
    assert not publishing.jobs().recent("build")
    assert not (content.root / "site").exists()
    assert not events(content, Kind.PUBLISH)


def test_a_publisher_who_is_none_any_more_recalls_nothing(
    app_of: Callable[..., AppTest], content: Content
) -> None:
    app = part(app_of("publisher", "publish"), "recall")
    app.text_area[0].set_value("wrong dose").run()
    with_roles(content, "translator")
    press(app, "recall-fever")
    assert not events(content, Kind.RECALL)


# --- the next build -----------------------------------------------------------------------------


def test_the_outlook_counts_and_explains(app_of: Callable[..., AppTest], content: Content) -> None:
    app = app_of("publisher", "publish")
    assert metrics(app) == ["2", "0", "0", "1"]
    assert "9 of its messages: 9 waiting for review" in words(app)
    assert not (content.root / "site").exists()


def test_a_build_publishes_and_records_who_and_by_which_door(
    app_of: Callable[..., AppTest], content: Content
) -> None:
    app = ended(press(app_of("publisher", "publish"), "build-"), "build")
    assert (content.root / PAGE).is_file()
    assert "Built by Publisher at" in words(app)
    assert "2 pages;" in words(app)
    (event,) = events(content, Kind.PUBLISH)
    assert (event["actor"], event["door"], event["role"]) == ("publisher", "app", "publisher")
    assert {b.label for b in app.button} >= {"Build and record this edition"}
    assert "as it is now" in words(app)


def test_two_presses_on_one_button_are_one_build(
    app_of: Callable[..., AppTest], content: Content
) -> None:
    app = app_of("publisher", "publish")
    (button,) = (b for b in app.button if str(b.key).startswith("build-"))
    button.click().run()
    ended(app, "build")
    assert not [b for b in app.button if b.key == button.key]
    assert len(publishing.jobs().recent("build")) == 1


def test_a_build_that_cannot_be_done_says_why(
    app_of: Callable[..., AppTest], content: Content
) -> None:
    app = app_of("publisher", "publish")
    ended(press(app, "build-"), "build")
    (content.root / "ledger.sqlite").unlink()
    press(app, "build-")
    ended(app, "build")
    assert "was broken off; the site is as it was" in words(app)
    assert "the ledger has 0 events" in words(app)
    assert (content.root / PAGE).is_file()


def test_one_build_at_a_time(app_of: Callable[..., AppTest], content: Content) -> None:
    app = app_of("publisher", "publish")
    person = office.desk().project.settings.people["publisher"]
    go = threading.Event()
    publishing.jobs().start("build", person, lambda job: go.wait(30))
    app.run()
    assert not [b for b in app.button if str(b.key).startswith("build-")]
    go.set()
    ended(app, "build")
    assert [b for b in app.button if str(b.key).startswith("build-")]


def test_of_some_jobs_there_is_one_at_a_time() -> None:
    jobs, go = Jobs(lambda: dt.datetime.now(dt.UTC)), threading.Event()
    person = Person("ana", "Ana", ())
    first = jobs.start("build", person, lambda job: go.wait(30))
    with pytest.raises(UsageError, match="Ana started this at"):
        jobs.start("build", person, lambda job: None)
    other = jobs.start("build", person, lambda job: job.progress(0.5), alone=False)
    go.set()
    while first.ended is None or other.ended is None:
        time.sleep(0.01)
    assert jobs.recent("build") == (other, first)
    assert (first.result, first.share, other.trouble) == (True, 1.0, "")


# --- recalling ----------------------------------------------------------------------------------


@pytest.fixture
def built(content: Content) -> Content:
    assert content("build") == 0
    return content


def recalling(app: AppTest, way: str, why: str = "wrong dose") -> AppTest:
    part(app, "recall")
    app.radio(key="recall-way").set_value(way).run()
    if why:
        app.text_area[0].set_value(why).run()
    return app


def test_a_recalled_page_is_gone_and_the_screen_says_when(
    app_of: Callable[..., AppTest], built: Content
) -> None:
    app = recalling(app_of("publisher", "publish"), "page")
    app.selectbox(key="recall-locale-1").set_value("es").run()
    assert "Descanse" in built.read(PAGE)
    ended(press(app, "recall-fever-es"), "recall")
    assert "Descanse" not in built.read(PAGE)
    said = words(app)
    assert "UTC: es/fever/index.html" in said
    assert "The site stands again since" in said
    assert "wrong dose" in said
    assert not (built.root / "site/es/fever/proof.json").exists()
    (event,) = events(built, Kind.RECALL)
    assert (event["actor"], event["door"], event["reason"]) == ("publisher", "app", "wrong dose")


def test_a_recall_wants_a_reason(app_of: Callable[..., AppTest], built: Content) -> None:
    app = recalling(app_of("publisher", "publish"), "page", why="")
    press(app, "recall-fever")
    assert "a reason is needed" in words(app)
    assert not events(built, Kind.RECALL)


def test_a_sentence_is_recalled_as_it_was_shown(
    app_of: Callable[..., AppTest], built: Content
) -> None:
    app = recalling(app_of("publisher", "publish"), "sentence")
    app.selectbox(key="recall-locale-0").set_value("es").run()
    app.text_input(key="recall-words").set_value("descanse").run()
    built.translate("es", {"Rest": "Repose"})
    press(app, "recall-")
    assert "has changed while you were reading" in words(app)
    assert not events(built, Kind.RECALL)
    built.translate("es", {"Rest": "Descanse"})
    app.run()
    ended(press(app, "recall-"), "recall")
    assert "Descanse" not in built.read(PAGE)
    assert [event["target"] for event in events(built, Kind.RECALL)] == ["Descanse"]


def test_words_are_recalled_everywhere(app_of: Callable[..., AppTest], built: Content) -> None:
    app = recalling(app_of("publisher", "publish"), "words")
    app.text_input(key="recall-everywhere").set_value("fiebre").run()
    found = [row for row in built.json("messages", "fever", "es") if "iebre" in row["target"]]
    assert f"{len(found)} wordings hold these words." in words(app)
    ended(press(app, "recall-all"), "recall")
    assert {e["target"] for e in events(built, Kind.RECALL)} == {row["target"] for row in found}


def test_what_is_recalled_can_be_restored(app_of: Callable[..., AppTest], built: Content) -> None:
    built("decide", "recall", "fever", "es", "--as", "doctor", "--reason", "wrong")
    row = next(r for r in built.json("messages", "fever", "en") if r["source"] == "Rest")
    built("decide", "recall", "fever", "en", "--message", row["id"], "--as", "editor",
          "--reason", "wrong")  # fmt: skip
    app = recalling(app_of("publisher", "publish"), "page", why="it was right")
    restores = [b for b in app.button if str(b.key).startswith("restore-")]
    assert len(restores) == 2
    restores[0].click().run()
    assert not app.exception
    app.text_area[0].set_value("it was right").run()
    press(app, "restore-")
    assert len(events(built, Kind.RESTORE)) == 2
    assert "Nothing is recalled." in words(app)


# --- proofs -------------------------------------------------------------------------------------


def test_the_site_is_verified_and_the_first_failure_named(
    app_of: Callable[..., AppTest], built: Content
) -> None:
    app = part(app_of("publisher", "publish"), "prove")
    ended(press(app, "verify"), "verify")
    assert "proved up to text: 2 pages" in words(app)
    page = Path(built.root / PAGE)
    page.write_text(page.read_text("utf-8").replace("Descanse", "Duerma"), encoding="utf-8")
    ended(press(app, "verify"), "verify")
    assert "refused at folder" in words(app)
    assert "es/fever/index.html" in words(app)
    assert isinstance(publishing.jobs().recent("verify")[0].result, Verified)


def test_a_sentence_is_traced_to_who_decided(
    app_of: Callable[..., AppTest], built: Content
) -> None:
    app = part(app_of("publisher", "publish"), "prove")
    app.text_input(key="trace-words").set_value("descanse").run()
    said = words(app)
    assert 'lang="es"' in said
    assert "Doctor approved it as medical" in said
    assert "on the site: site/es/fever/index.html (current)" in said
    app.text_input(key="trace-words").set_value("descanso total").run()
    assert "The ledger holds no wording with these words." in words(app)


# --- in the browser -----------------------------------------------------------------------------


@pytest.mark.browser
def test_a_publisher_builds_and_recalls(
    page_of: Callable[..., Page], content: Content, serve: Callable[..., AppServer]
) -> None:
    content.translate("ar", {"Rest": '<img src=x onerror="alert(1)"><script>alert(2)</script>'})
    server = serve(content)
    page = page_of("publisher", "/publish", at=server)
    page.get_by_role("button", name="Build and record this edition").dblclick()
    expect(page.get_by_text("Built by Publisher at")).to_be_visible(timeout=60_000)
    assert "Descanse" in content.read(PAGE)
    page.get_by_test_id("stRadio").get_by_text("Recall", exact=True).click()
    page.get_by_text("A sentence").click()
    expect(page.get_by_label("Words of it")).to_be_visible()
    settle(page)
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="ar", exact=True).click()
    settle(page)
    page.get_by_label("Words of it").fill("onerror")
    page.get_by_label("Words of it").press("Enter")
    expect(page.get_by_text("<script>alert(2)</script>")).to_be_visible()  # as text
    assert page.locator(".m-text script, .m-text img").count() == 0
    page.get_by_text("Words, everywhere").click()
    page.get_by_role("textbox", name="Why").fill("wrong")
    page.get_by_label("Words as a page shows them").fill("descanse")
    page.get_by_label("Words as a page shows them").press("Enter")
    page.get_by_role("button", name="Recall all of them now").dblclick()
    expect(page.get_by_test_id("gone").first).to_contain_text(PAGE.removeprefix("site/"))
    expect(page.get_by_test_id("recall")).to_contain_text("The site stands again", timeout=60_000)
    assert "Descanse" not in content.read(PAGE)
    assert len(events(content, Kind.RECALL)) == len(events(content, Kind.PUBLISH)) == 1
