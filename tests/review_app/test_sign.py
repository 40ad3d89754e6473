"""Read and sign: what is on the page, what one press signs, what two taps say of a sentence."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.testing.v1 import AppTest

from medloc.ledger import open_ledger
from medloc.model import Event, Kind
from medloc.workflow.unsent import Unsent
from review_app.office import desk
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.conftest import Watch
from tests.review_app.screen import read, read_on, runs, settle

Opener = Callable[..., AppTest]
PAGE = {"article": "fever", "locale": "es"}
ATTACK = '<img src=x onerror="alert(1)"><script>alert(2)</script> **[x](javascript:alert(3))**'


def events(content: Content, *kinds: Kind) -> list[Event]:
    ledger = open_ledger("sqlite:///ledger.sqlite", base=content.root)
    return [event for event in ledger.events() if event.draft.kind in kinds]


def page_text(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def only(app: AppTest, start: str) -> str:
    (key,) = {b.key for b in app.button if b.key and b.key.startswith(start)}
    return str(key)


def sign(app: AppTest) -> None:
    app.button(key=only(app, "sign-")).click().run()
    assert not app.exception


def flag(app: AppTest, number: int) -> None:
    """Tap the flag with a number."""
    for pills in app.pills:
        for index, option in enumerate(pills.options):
            if option == f"⚑ {number}":
                pills.set_value(_names(app)[number - 1])
                assert index >= 0
                app.run()
                assert not app.exception
                return
    raise AssertionError(number)


def _names(app: AppTest) -> list[str]:
    return [" ".join(m) for m in re.findall(
        r'data-id="(\w{12})" data-pair="(\w{64})"', page_text(app))]  # fmt: skip


# --- the list -------------------------------------------------------------------------------------


def test_pages_that_wait_are_listed_and_open(app_of: Opener) -> None:
    app = app_of("ana", "sign")
    pages = [b.key for b in app.button if b.key and b.key.startswith("page-")]
    assert pages == ["page-fever-es"]  # Ana reads Spanish
    app.button(key="page-fever-es").click().run()
    assert "Descanse" in page_text(app)


def test_page_that_is_not_there_is_said(app_of: Opener) -> None:
    app = app_of("ana", "sign", article="nothing", locale="es")
    assert "no such page" in app.info[0].value


# --- signing --------------------------------------------------------------------------------------


def test_page_shows_every_text_in_order_with_language_and_direction(app_of: Opener) -> None:
    html = page_text(app_of("doctor", "sign", article="fever", locale="ar"))
    assert html.count('data-testid="row"') == 9
    assert html.count('lang="ar" dir="rtl"') == 9
    assert html.count('lang="en" dir="ltr" data-testid="source"') == 9
    assert html.index("استرح") < html.index("اشرب")
    assert '<mark class="m-number">' in html


def test_one_press_is_one_event_for_each_pair_and_high_risk_waits_for_its_tick(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    names = _names(app)
    (tick,) = app.checkbox
    assert tick.key is not None
    sign(app)
    first = events(content, Kind.APPROVE)
    assert len(first) == 8
    assert "was not ticked" in page_text(app)
    app.checkbox(key=tick.key).check().run()
    sign(app)
    stored = [event.draft.pair.hash for event in events(content, Kind.APPROVE)]
    assert sorted(stored) == sorted(name.split()[1] for name in names)
    assert {event.draft.door for event in events(content, Kind.APPROVE)} == {"app"}
    assert not [b.key for b in app.button if b.key and b.key.startswith("sign-")]


def test_tick_taken_away_does_not_count(app_of: Opener, content: Content) -> None:
    app = app_of("doctor", "sign", **PAGE)
    app.checkbox[0].check().run()
    app.checkbox[0].uncheck()
    sign(app)
    assert len(events(content, Kind.APPROVE)) == 8


def test_text_that_changed_since_it_was_drawn_is_not_signed(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    content.translate("es", {"Rest": "Repose"})
    sign(app)
    assert {"Repose", "Descanse"}.isdisjoint(
        event.draft.target for event in events(content, Kind.APPROVE)
    )
    assert "text has changed since it was read" in page_text(app)


def test_text_that_changed_on_the_screen_is_marked_and_wants_a_tick(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    content.translate("es", {"Rest": "Repose"})
    app.run()
    assert len(app.checkbox) == 2
    assert "changed while you were reading" in page_text(app)
    sign(app)
    assert len(events(content, Kind.APPROVE)) == 7
    assert "Repose" not in {event.draft.target for event in events(content, Kind.APPROVE)}


def test_nobody_signs_after_their_time_has_ended(app_of: Opener, content: Content) -> None:
    app = app_of("doctor", "sign", **PAGE)
    settings = content.read("medloc.yaml")
    content.write(
        "medloc.yaml", settings.replace("name: Doctor,", "name: Doctor, until: 2020-01-01,")
    )
    sign(app)
    assert not events(content, Kind.APPROVE)


# --- two taps -------------------------------------------------------------------------------------


def test_two_taps_ask_for_a_change_and_the_sentence_is_not_signed(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    flag(app, 6)
    app.button(key=only(app, "say-unsafe-")).click().run()
    assert not app.exception
    (event,) = events(content, Kind.REQUEST_CHANGES)
    assert (event.draft.target, event.draft.category) == ("Descanse", "unsafe")
    sign(app)
    assert "Descanse" not in {e.draft.target for e in events(content, Kind.APPROVE)}
    assert "changes were requested by doctor" in page_text(app)


def test_remark_on_style_is_a_comment_and_the_sentence_can_be_signed(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    flag(app, 6)
    (field,) = app.text_area
    field.set_value("Too short").run()
    app.button(key=only(app, "say-style-")).click().run()
    (event,) = events(content, Kind.COMMENT)
    assert event.draft.reason == "style: Too short"
    assert not events(content, Kind.REQUEST_CHANGES)
    assert any("blocks nothing" in said.value for said in app.success)
    sign(app)
    assert "Descanse" in {e.draft.target for e in events(content, Kind.APPROVE)}


def test_note_comes_back_in_another_session_and_goes_when_it_is_sent(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    flag(app, 6)
    app.text_area[0].set_value("Three days?").run()
    assert not app_of("linguist", "sign", **PAGE).text_area
    content.translate("es", {"Rest": "Repose"})
    again = app_of("doctor", "sign", **PAGE)
    assert [field.value for field in again.text_area] == ["Three days?"]
    assert "earlier wording" in again.warning[0].value
    again.button(key=only(again, "say-wrong-")).click().run()
    (event,) = events(content, Kind.REQUEST_CHANGES)
    assert (event.draft.target, event.draft.reason) == ("Repose", "Three days?")
    assert not Unsent(desk().project.state / "drafts.sqlite").of_page("doctor", "fever", "es")
    assert not again.text_area


def test_note_is_kept_when_the_text_changed_before_it_was_sent(
    app_of: Opener, content: Content
) -> None:
    app = app_of("doctor", "sign", **PAGE)
    flag(app, 6)
    app.text_area[0].set_value("Three days?").run()
    content.translate("es", {"Rest": "Repose"})
    app.button(key=only(app, "say-wrong-")).click().run()
    assert not events(content, Kind.REQUEST_CHANGES)
    assert [field.value for field in app.text_area] == ["Three days?"]


# --- in Chromium ----------------------------------------------------------------------------------


def tap(page: Page, what: Locator) -> None:
    before = runs(page)
    what.tap()
    settle(page, after=before)


@pytest.mark.browser
def test_physician_reads_and_signs_on_a_phone(
    page_of: Callable[..., Page], server: AppServer, article: str
) -> None:
    server.content.translate("es", {"Drink **water**": ATTACK}, article)
    page = page_of("ana", f"/sign?article={article}&locale=es", has_touch=True, is_mobile=True,
                   viewport={"width": 390, "height": 844})  # fmt: skip
    expect(page.get_by_test_id("row")).to_have_count(9)
    assert ATTACK in page.get_by_test_id("target").nth(6).inner_text()
    small = page.evaluate("""() => [...document.querySelectorAll('section button, section label')]
        .filter(e => { const box = e.getBoundingClientRect();
                       return box.width && (box.width < 44 || box.height < 44); })
        .map(e => e.innerText)""")
    assert small == ["← All pages"] or small == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    sign_ = page.get_by_role("button", name=re.compile("^Sign "))
    sign_.wait_for()
    page.evaluate("""async () => {
        document.querySelector('[data-testid=stMain]').scrollTo(0, 1e6);
        for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
    }""")
    read(page)
    sign_.tap()  # without having read what lies between
    expect(page.locator("[data-decides]")).to_contain_text("read on to their end")
    assert not [e for e in events(server.content, Kind.APPROVE) if e.draft.article == article]
    read_on(page)
    tap(page, page.locator('[class*="st-key-tick-"] label'))
    tap(page, page.get_by_role("radio", name="⚑ 6"))
    tap(page, page.get_by_role("button", name="Wrong", exact=True))
    expect(page.get_by_text("Changes requested")).to_be_visible()
    read(page)
    tap(page, page.get_by_role("button", name=re.compile("^Sign 6 ")))
    expect(page.get_by_text("sentences signed")).to_be_visible()
    mine = [e for e in events(server.content, Kind.APPROVE) if e.draft.article == article]
    assert len(mine) == 7  # all but the one to be changed and the one whose markup is broken
    assert {e.draft.actor for e in mine} == {"ana"}
    assert "Descanse" not in {e.draft.target for e in mine}


@pytest.mark.browser
def test_note_outlives_the_server(
    page_of: Callable[..., Page],
    serve: Callable[..., AppServer],
    content: Content,
    watch: Watch,
) -> None:
    server = serve(content)
    page = page_of("ana", "/sign?article=fever&locale=es", at=server, has_touch=True)
    tap(page, page.get_by_role("radio", name="⚑ 6"))
    page.get_by_label("What is wrong with sentence 6?").fill("Three days?")
    before = runs(page)
    page.keyboard.press("Tab")
    settle(page, after=before)
    server.stop(signal.SIGKILL)
    server.start()
    page.goto(server.url + "/sign?article=fever&locale=es")
    settle(page)
    field = page.get_by_label("What is wrong with sentence 6?")
    expect(field).to_have_value("Three days?")
    assert not events(content, Kind.REQUEST_CHANGES)
    watch.wrong.clear()  # the page could not reach its server for a while
