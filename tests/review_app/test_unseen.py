"""No decision on unseen text, and none lost: whoever hurries, whatever dies."""

from __future__ import annotations

import random
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from medloc.ledger import open_ledger
from medloc.model import Event, Kind
from review_app import reviewing
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.conftest import Watch
from tests.review_app.hurry import RECORDER, hurry, long_project, not_pressed, pressed
from tests.review_app.screen import press, read, said, settle, shown

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
Serve = Callable[..., AppServer]


@pytest.fixture
def long(tmp_path: Path) -> Content:
    return long_project(tmp_path / "project", articles=2, messages=60)


def test_hurried_sequences_decide_only_on_what_was_on_the_screen(
    long: Content, serve: Serve, page_of: PageOf
) -> None:
    events = hurried(long, serve(long), page_of, sequences=15)
    assert len(events) > 5


def test_server_killed_in_the_middle_loses_nothing_that_was_confirmed(
    long: Content, serve: Serve, page_of: PageOf, watch: Watch
) -> None:
    confirmed = confirmed_through_kills(long, serve(long), page_of, decisions=8)
    assert len(confirmed) == 8
    watch.wrong = [one for one in watch.wrong if not one.startswith("console")]  # it was gone


def test_key_approves_nothing_whose_end_was_never_in_the_window(
    long: Content, serve: Serve, page_of: PageOf
) -> None:
    page = page_of("doctor", "/review?article=page-0&locale=es", at=serve(long))
    while len(shown(page).target) < 1000:
        press(page, "j")
    words = shown(page)
    below = "one => one.getBoundingClientRect().bottom > innerHeight"
    assert page.get_by_test_id("target").evaluate(below)
    while page.get_by_test_id("target").evaluate(below):
        read(page)
        page.keyboard.press("a")
        expect(page.locator("[data-decides]").first).to_contain_text("read on to their end")
    assert not of_people(long)
    press(page, "a")
    assert [event.draft.target for event in of_people(long)] == [words.target]
    # The next words stand in the window from their beginning.
    top = "document.querySelector('[data-testid=target]')?.getBoundingClientRect().top > 0"
    page.wait_for_function(top)
    page.get_by_test_id("target").evaluate("one => { one.textContent = 'Another translation.'; }")
    read(page)
    page.keyboard.press("a")
    expect(page.locator("[data-decides]").first).to_contain_text("not those that were sent")
    assert len(of_people(long)) == 1


def test_section_is_approved_of_what_stood_there_long_enough_and_as_it_is_listed(
    app_of: Callable[..., AppTest], content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of("doctor", "review", article="fever", locale="es", section="what")
    app.session_state["medloc"].watched = True  # as the script says
    app.toggle[0].set_value(True).run()
    (first,) = _listed(app)
    assert first in _focus(app)
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 1000)
    app.button(key="next").click().run()  # stood there for less than that
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 0)
    app.button(key="next").click().run()
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 1000)
    app.run()
    listed = _listed(app)
    assert first in listed
    button = _of_section(app)
    content.translate("es", {"Drink **water**": "Beba **agua** hoy"})
    app.button(key=button).click().run()  # in its first moment
    assert not of_people(content)
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 0)
    app.button(key=_of_section(app)).click().run()
    assert [event.draft.target for event in of_people(content)] == [target for _, target in listed]


def _listed(app: AppTest) -> list[tuple[str, str]]:
    """The (source, target) that the fold says would be approved."""
    html = "".join(element.proto.body for element in app.get("html"))
    texts = re.findall(r'data-told="section">(.*?)</div>', html)
    return list(zip(texts[::2], texts[1::2], strict=True))


def _focus(app: AppTest) -> list[tuple[str, str]]:
    html = "".join(element.proto.body for element in app.get("html"))
    texts = [re.sub("<.*?>", "", one) for one in
             re.findall(r'data-told="focus">(.*?)</div>', html)]  # fmt: skip
    return [(texts[0], texts[1])]


def _of_section(app: AppTest) -> str:
    (key,) = {b.key for b in app.button if b.key and b.key.startswith("approve-section-")}
    return str(key)


def hurried(
    content: Content, server: AppServer, page_of: PageOf, *, sequences: int, seed: int = 1
) -> list[Event]:
    """Random sequences of presses by one person; the events that came of them. Fails when one is
    not of what was on the screen."""
    chance = random.Random(seed)
    page = page_of("doctor", "/sign-in", at=server)
    page.add_init_script(RECORDER)
    for number in range(sequences):
        if number % 10 == 0:
            page.goto(f"{server.url}/review?locale=es&mine={number // 10 % 2}")
            settle(page)
        hurry(page, content, chance, presses=chance.randrange(4, 16))
    settle(page)
    page.reload()
    settle(page)
    events = of_people(content)
    assert not_pressed(pressed(page), events) == []
    return events


def confirmed_through_kills(
    content: Content, server: AppServer, page_of: PageOf, *, decisions: int, seed: int = 1
) -> set[int]:
    """Approve until so many are confirmed on the screen while the server is killed again and again;
    the numbers of their events, all of which are in the ledger."""
    chance, confirmed = random.Random(seed), set[int]()
    page = page_of("doctor", "/review?locale=es", at=server)
    while len(confirmed) < decisions:
        for _ in range(min(chance.randrange(5, 20), decisions - len(confirmed))):
            press(page, "a")
            (number,) = re.findall(r"event (\d+)", said(page))
            confirmed.add(int(number))
        page.keyboard.press("a")  # nobody waits for what becomes of this one
        server.stop(signal.SIGKILL)
        server.start()
        page.goto(f"{server.url}/review?locale=es")
        settle(page)
    kept = of_people(content)
    assert confirmed <= {event.number for event in kept}
    assert len({event.draft.target for event in kept}) == len(kept)  # none twice
    assert content("ledger", "verify") == 0
    return confirmed


def of_people(content: Content) -> list[Event]:
    """What was decided, oldest first."""
    events = open_ledger("sqlite:///ledger.sqlite", base=content.root).events()
    return [event for event in events if event.draft.kind not in (Kind.SOURCE, Kind.PROPOSE)]
