"""A list in the address: a link shows the same list to everybody, and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from medloc.ledger import open_ledger
from medloc.model import Kind
from review_app.session import State
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.screen import settle

AppOf = Callable[..., AppTest]


def sources(app: AppTest) -> list[str]:
    """What the list shows, without its signs."""
    listed = [b for b in app.button if b.key and b.key.startswith("list-")]
    return [b.label.split(" ", 1)[1].strip() for b in listed]


def mine(app: AppTest) -> State:
    found = app.session_state["medloc"]
    assert isinstance(found, State)
    return found


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ({"risk": "high"}, ["Call for help at once. Take 5 mg."]),
        ({"section": "start"}, ["Read this first."]),
        ({"words": "Qué ES", "section": "meta"}, ["What fever is."]),
        ({"standing": "approved"}, []),
        ({"standing": "waiting,approved", "words": "Descanse"}, ["Rest"]),
    ],
)
def test_address_shows_a_list(app_of: AppOf, query: dict[str, str], listed: list[str]) -> None:
    app = app_of("doctor", "review", article="fever", locale="es", mine="0", **query)
    assert sources(app) == listed


def test_what_an_address_does_not_know_is_left_out_and_said(app_of: AppOf) -> None:
    query = {"article": "fever", "locale": "xx", "standing": "waiting,great", "risk": "*x*",
             "section": "none", "message": "0", "findings": "yes", "actor": "editor"}  # fmt: skip
    app = app_of("doctor", "review", **query)
    for part in ("locale=xx", "standing=great", "risk=", "section=none", "message=0", "findings="):
        assert part in app.info[0].value
    assert r"\*x\*" in app.info[0].value
    found = mine(app)
    assert (found.locale, found.standings, found.high_risk) == ("", ("waiting",), False)


def test_an_address_decides_nothing(app_of: AppOf, content: Content) -> None:
    app_of("doctor", "review", article="fever", locale="es", approve="1", asking="request",
           pair="0", form="0", actor="editor")  # fmt: skip
    events = open_ledger("sqlite:///ledger.sqlite", base=content.root).events()
    assert {event.draft.kind for event in events} <= {Kind.SOURCE, Kind.PROPOSE}


@pytest.mark.browser
def test_filters_are_in_the_address_and_come_back_with_it(
    page_of: Callable[..., Page], server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es&mine=0")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Only high risk").click()
    listed = page.locator('[class*="st-key-list-"]')
    expect(listed).to_have_count(1)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(page.url).query).items()}
    assert asked == {"article": article, "locale": "es", "mine": "0", "risk": "high"}
    page.reload()
    settle(page)
    expect(listed).to_have_count(1)
