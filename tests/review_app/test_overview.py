"""Progress, History, Glossary and People: what they show is what the ledger and the files say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from medloc.accounts import accounts_of
from medloc.ledger import export_lines, open_ledger
from medloc.model import Term
from medloc.workflow.desk import Desk
from medloc.workflow.glossary_editing import known_terms
from review_app.views import queue
from tests.content import Content
from tests.review_app.app_server import AppServer

AppOf = Callable[..., AppTest]
PageOf = Callable[..., Page]
ATTACK = "<img src=x onerror=alert(1)>[a](javascript:alert(1))"


def shown(app: AppTest) -> str:
    """Everything the screen says: HTML, texts and messages."""
    blocks = [app.get("html"), app.markdown, app.info, app.error, app.success, app.warning,
              app.caption, app.header, app.subheader, app.code]  # fmt: skip
    return "\n".join(str(getattr(one, "value", "") or one.proto.body) for b in blocks for one in b)


def decide(content: Content, *arguments: str) -> None:
    assert content("decide", *arguments) == 0


# --- progress -----------------------------------------------------------------------------------


def test_progress_counts_what_stands_and_what_was_decided(content: Content, app_of: AppOf) -> None:
    decide(content, "approve", "fever", "es", "--section", "start", "--as", "doctor")
    text = shown(app_of("linguist", "progress"))
    rows = re.findall(r"<tr><td[^>]*>es</td><td[^>]*>fever</td>(.*?)</tr>", text)
    assert rows[0] == '<td class="m-number">1</td><td class="m-number">8</td>'
    assert "nothing recorded" in text
    assert re.search(r"<td[^>]*>approved</td><td class=\"m-number\">1</td>", text)


def test_progress_of_an_empty_ledger_says_what_to_do(app_of: AppOf) -> None:
    text = shown(app_of("linguist", "progress"))
    assert "Nobody has decided anything yet" in text
    assert "The ledger has no text of an article yet" in text


# --- history ------------------------------------------------------------------------------------


def test_history_shows_each_event_with_its_exact_texts(content: Content, app_of: AppOf) -> None:
    decide(content, "approve", "fever", "es", "--as", "doctor", "--section", "what")
    decide(content, "comment", "fever", "ar", "--section", "start", "--as", "linguist",
           "--reason", ATTACK)  # fmt: skip
    text = shown(app_of("linguist", "history", locale="ar"))
    events = open_ledger("sqlite:///ledger.sqlite", base=content.root).events()
    about = [event for event in events if event.draft.locale == "ar"]
    assert [int(n) for n in re.findall(r'data-number="(\d+)"', text)] == [
        event.number for event in reversed(about)
    ]
    for part in ("اقرأ هذا *أولاً*.", 'dir="rtl"', about[0].hash, about[0].previous, "cli"):
        assert part in text
    assert "&lt;img src=x" in text
    assert "<img" not in text
    assert f"The chain of {len(events)} events is whole" in text
    assert "never; there is no site yet" in text


def test_history_of_an_empty_ledger_says_what_to_do(app_of: AppOf) -> None:
    assert "The first decision" in shown(app_of("linguist", "history"))


def test_history_filters_and_pages(content: Content, app_of: AppOf) -> None:
    for person in ("doctor", "linguist", "writer"):
        content("decide", "comment", "fever", "*", "--as", person, "--reason", "seen")
    app = app_of("linguist", "history")
    assert shown(app).count('class="m-event"') == 25
    app.number_input[0].set_value(2).run()
    assert 'data-number="1"' not in shown(app)
    app.selectbox(key="h-person").select("doctor").run()
    events = open_ledger("sqlite:///ledger.sqlite", base=content.root).events()
    mine = [event for event in events if event.draft.actor == "doctor"]
    assert f"Events: {len(mine)}" in shown(app)
    assert not app.exception


# --- glossary -----------------------------------------------------------------------------------


def fill(app: AppTest, locale: str, name: str, **fields: str) -> None:
    for field, value in fields.items():
        key = f"g-{field}-{locale}-{name}"
        box = app.text_area if field in ("accepted", "forbidden") else app.text_input
        box(key=key).set_value(value)


def save(app: AppTest) -> str:
    button = next(b for b in app.button if b.label == "Save")
    button.click().run()
    assert not app.exception
    return shown(app)


def terms_of(content: Content, locale: str) -> list[Term]:
    return [known.term for known in known_terms(Desk(content.root).project, locale)]


def test_linguist_adds_a_term_and_sees_where_it_is_used(content: Content, app_of: AppOf) -> None:
    app = app_of("linguist", "glossary", locale="es")
    assert "There are no terms yet" in shown(app)
    app.selectbox(key="g-term-es").select("").run()
    fill(app, "es", "", term="fever", accepted="fiebre\ncalentura", reason="WHO word list")
    assert "Saved: fever" in save(app)
    assert terms_of(content, "es") == [Term("fever", ("fiebre", "calentura"))]
    assert re.search(r"# \d{4}-\d\d-\d\d linguist: WHO word list",
                     content.read("locales/es/glossary.yaml"))  # fmt: skip
    before = content.read("locales/es/glossary.yaml")
    assert "Saved." in save(app)  # the second press of a double click meets a new, empty form
    assert content.read("locales/es/glossary.yaml") == before
    app.selectbox(key="g-term-es").select("fever").run()
    text = shown(app)
    assert "4 messages name it; 0 of their translations have no accepted form" in text
    assert text.count('data-testid="use"') == 4


def test_change_made_meanwhile_is_told_and_not_overwritten(content: Content, app_of: AppOf) -> None:
    content.write("locales/es/glossary.yaml", "terms:\n  - term: fever\n    accepted: fiebre\n")
    app = app_of("linguist", "glossary", locale="es", term="fever")
    other = app_of("doctor", "glossary", locale="es", term="fever")
    fill(app, "es", "fever", accepted="calentura", reason="mine")
    fill(other, "es", "fever", forbidden="calor", reason="first")
    save(other)
    text = save(app)
    assert "was changed by somebody else" in text
    assert "It is now" in text
    assert terms_of(content, "es") == [Term("fever", ("fiebre",), ("calor",))]
    assert app.text_area(key="g-accepted-es-fever").value == "calentura"


def test_who_may_not_change_terms_has_no_form(content: Content, app_of: AppOf) -> None:
    content.write("locales/es/glossary.csv", "term,translation\nfever,fiebre\n")
    text = shown(reader := app_of("ana", "glossary", locale="es", term="fever"))
    assert "changed by people with one of the roles" in text
    assert not [b for b in reader.button if b.label == "Save"]
    text = shown(linguist := app_of("linguist", "glossary", locale="es", term="fever"))
    assert "comes from glossary.csv" in text
    assert not [b for b in linguist.button if b.label == "Save"]


def test_refused_term_is_said_and_nothing_written(content: Content, app_of: AppOf) -> None:
    app = app_of("linguist", "glossary", locale="es")
    app.selectbox(key="g-term-es").select("").run()
    fill(app, "es", "", term="fever", accepted="fiebre")
    assert "has a reason" in save(app)
    assert not (content.root / "locales/es/glossary.yaml").exists()
    assert app.text_area(key="g-accepted-es-").value == "fiebre"


# --- people -------------------------------------------------------------------------------------


@pytest.fixture
def own_file(content: Content) -> Content:
    """The project with its people in a file of their own."""
    before, people, after = re.split(r"(?s)(people:\n(?:  - [^\n]+\n)+)",
                                     content.read("medloc.yaml"), maxsplit=1)  # fmt: skip
    content.write("people.yaml", people)
    content.write("medloc.yaml", f"{before}people: people.yaml\n{after}")
    return content


def test_only_publishers_have_the_screen_of_people(app_of: AppOf) -> None:
    assert "People" not in [h.value for h in app_of("doctor", "people").header]
    text = shown(app := app_of("publisher", "people"))
    assert "no account" in text
    app.selectbox(key="p-chosen").select("ana").run()
    assert "does not write" in shown(app)
    assert "id: ana\n    name: Ana Ruiz\n    roles: [medical]" in app.code[0].value


def test_link_is_shown_once_and_works(content: Content, app_of: AppOf) -> None:
    app = app_of("publisher", "people")
    app.selectbox(key="p-chosen").select("ana").run()
    app.button(key="p-link-ana").click().run()
    token = app.code[0].value.rpartition("/link/")[2]
    assert accounts_of(content.root).use_link(token)[0] == "ana"
    app.run()
    assert "/link/" not in shown(app)
    assert "link given" in shown(app)


def test_suspended_at_once_and_oneself_only_with_a_second_word(
    content: Content, app_of: AppOf
) -> None:
    session = accounts_of(content.root).begin("ana")
    app = app_of("publisher", "people")
    app.selectbox(key="p-chosen").select("ana").run()
    app.button(key="p-suspend-ana").click().run()
    assert accounts_of(content.root).person_of(session) == ""
    app.selectbox(key="p-chosen").select("publisher").run()
    assert app.button(key="p-suspend-publisher").disabled
    app.checkbox(key="p-sure").check().run()
    assert not app.button(key="p-suspend-publisher").disabled


def test_publisher_adds_and_changes_people(own_file: Content, app_of: AppOf) -> None:
    app = app_of("publisher", "people")
    app.selectbox(key="p-chosen").select("").run()
    app.text_input(key="p-id-").set_value("eva")
    app.text_input(key="p-name-").set_value("Eva")
    app.multiselect(key="p-roles-").set_value(["linguistic"])
    app.multiselect(key="p-locales-").set_value(["ar"])
    assert "Saved." in save(app)
    app.selectbox(key="p-chosen").select("eva").run()
    app.multiselect(key="p-roles-eva").set_value(["linguistic", "medical"])
    assert "Saved." in save(app)
    eva = Desk(own_file.root).project.settings.people["eva"]
    assert (eva.name, eva.roles, eva.locales) == ("Eva", ("linguistic", "medical"), ("ar",))


def test_publisher_does_not_end_themselves_by_mistake(own_file: Content, app_of: AppOf) -> None:
    before = own_file.read("people.yaml")
    app = app_of("publisher", "people")
    app.selectbox(key="p-chosen").select("publisher").run()
    app.multiselect(key="p-roles-publisher").set_value(["medical"])
    assert "lose your own rights" in save(app)
    assert own_file.read("people.yaml") == before
    app.checkbox(key="p-own-publisher").check()
    save(app)
    assert Desk(own_file.root).project.settings.people["publisher"].roles == ("medical",)


def test_rights_are_asked_for_at_the_press(own_file: Content, app_of: AppOf) -> None:
    app = app_of("publisher", "people")
    app.selectbox(key="p-chosen").select("ana").run()
    people = own_file.read("people.yaml")
    own_file.write("people.yaml", people.replace("roles: [publisher]", "roles: [medical]"))
    app.button(key="p-link-ana").click().run()
    assert not [a for a in accounts_of(own_file.root).everybody() if a.person == "ana"]
    assert "/link/" not in shown(app)


# --- on the screen ------------------------------------------------------------------------------


@pytest.mark.browser
def test_screens_in_chromium(page_of: PageOf, server: AppServer, article: str) -> None:
    content = server.content
    decide(content, "approve", article, "es", "--section", "what", "--as", "doctor")
    page = page_of("linguist", "/progress")
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg")).to_have_count(5)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download as CSV").first.click()
    assert f"es,{article}," in Path(taken.value.path()).read_text("utf-8-sig")
    page = page_of("linguist", f"/history?article={article}&kind=approve")
    first = page.locator("details.m-event").first
    expect(first.locator("code").first).not_to_be_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(first.locator("code").first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="JSON Lines").click()
    lines = Path(taken.value.path()).read_bytes().splitlines(keepends=True)
    whole = export_lines(open_ledger("sqlite:///ledger.sqlite", base=content.root))
    assert lines
    assert {json.loads(line)["article"] for line in lines} == {article}
    assert all(line in whole.splitlines(keepends=True) for line in lines)


@pytest.mark.browser
def test_hostile_words_are_text_in_these_screens(
    page_of: PageOf, serve: Callable[..., AppServer], content: Content
) -> None:
    catalog = content.read("locales/es/LC_MESSAGES/fever.po")
    content.catalog("es").write_text(catalog.replace('"Fiebre"', json.dumps(f"Fiebre {ATTACK}")))
    content.write(
        "locales/es/glossary.yaml",
        f"terms:\n  - term: fever\n    accepted: fiebre\n    note: {json.dumps(ATTACK)}\n",
    )
    decide(content, "comment", "fever", "es", "--as", "linguist", "--reason", ATTACK)
    own = serve(content)
    for path in ("/history?locale=es", "/glossary?locale=es&term=fever", "/progress"):
        page = page_of("linguist", path, at=own)
        expect(page.locator("img[src=x], a[href^=javascript]")).to_have_count(0)
        if "progress" not in path:
            expect(page.get_by_text("<img src=x").first).to_be_attached()


# --- waiting ------------------------------------------------------------------------------------


def test_waiting_shows_so_many_pages_at_a_time(
    app_of: AppOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offered(app: AppTest) -> list[str]:
        return [button.key for button in app.button if str(button.key).startswith("open-")]

    whole = offered(app_of("doctor"))
    monkeypatch.setattr(queue, "_ROWS", 1)
    app = app_of("doctor")
    assert offered(app) == whole[:1]
    app.button(key="next-review").click().run()
    assert offered(app) == whole[1:2]
    assert f"2–2 of {len(whole)}" in shown(app)
    app.button(key="previous-review").click().run()
    assert offered(app) == whole[:1]
    assert app.button(key="previous-review").disabled
