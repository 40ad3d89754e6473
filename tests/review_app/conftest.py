"""Fixtures for the review app: a project, the server, a browser, signed-in pages and AppTests.

- `content`: a project of the test's own (tests.review_app.projects), nothing decided yet.
- `app_of(person, page, **query)`: the app as AppTest on `content`, that person signed in; run once.
- `server`: one server a session, shared. Take `article` (a slug of the test's own) and stay in it.
- `serve(content, demo=...)`: a server of the test's own, where sharing would disturb.
- `page_of(person, path, at=server)`: a signed-in page in Chromium, settled. At the end of the test
  it fails for requests to other hosts, dialogs, script errors and console errors.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit as st
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    expect,
    sync_playwright,
)
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from medloc.accounts import accounts_of
from review_app import office, reviewing
from review_app.guard import COOKIE
from review_app.server import SCRIPT
from review_app.widgets import pace
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.projects import new_article, new_project
from tests.review_app.screen import FLAGS, OBSERVER, settle

_TOKEN = "test-cookie"
expect.set_options(timeout=20_000)  # a slow second of a shared machine is no failure
# Streamlit looks for its base path from the address of the page upwards: two 404 a level.
_LOOKED_FOR = ("/_stcore/health", "/_stcore/host-config")


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return new_project(tmp_path / "project")


@pytest.fixture
def app_of(content: Content, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Only where the cookie comes from is replaced: who that is, is looked up as ever."""
    _open_office(content, monkeypatch)
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 0)  # one test has it as it is
    # As if the script had said so: there is no browser.
    monkeypatch.setattr(pace, "is_watched", lambda _: True)
    monkeypatch.setattr(
        type(st.context),
        "cookies",
        property(lambda _: {COOKIE: st.session_state.get(_TOKEN, "")}),
    )

    def begin(person: str, page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=30)
        app.session_state[_TOKEN] = accounts_of(content.root).begin(person) if person else ""
        app.query_params.update(query)
        app._page_hash = calc_hash(page) if page else ""  # no public way to a page of functions
        app.run()
        assert not app.exception
        return app

    return begin


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    content = new_project(tmp_path_factory.mktemp("shared") / "project")
    started = AppServer(content).start()
    yield started
    started.stop()


@pytest.fixture
def article(server: AppServer) -> str:
    return new_article(server.content)


@pytest.fixture
def serve() -> Iterator[Callable[..., AppServer]]:
    started: list[AppServer] = []

    def start(content: Content, *, demo: bool = False) -> AppServer:
        started.append(AppServer(content, demo=demo))
        return started[-1].start()

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """What pages did that they must not do: asked for other hosts, opened dialogs, had errors."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def asked(self, url: str) -> None:
        parts = urlsplit(url)
        self.seen.add(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc not in self.hosts:
            self.wrong.append(f"asked {url}")

    def said(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type == "error" and not where.endswith(
            ("/_stcore/health", "/_stcore/host-config")
        ):
            self.wrong.append(f"console {message.text} {where}")

    def failed(self, error: object) -> None:
        self.wrong.append(f"error {error}")

    def opened(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What all pages of the test did; clear `wrong` of what the test wanted to happen."""
    made = Watch()
    yield made
    assert not made.wrong


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """Contexts to use again: what the browser keeps of Streamlit's scripts makes a page load in a
    third of the time."""
    return Contexts(browser)


class Contexts:
    """Browser contexts that nobody uses at the moment."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}
        self._watching: dict[BrowserContext, Watch] = {}

    def take(self, watch: Watch, **options: Any) -> BrowserContext:
        """A context with these options and nothing in it; what it does is told to `watch`."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        context = free.pop() if free else self._new(**options)
        self._watching[context] = watch
        return context

    def give_back(self, context: BrowserContext, **options: Any) -> None:
        """Close its pages and forget who was signed in."""
        for page in context.pages:
            page.close()
        context.unroute_all()
        context.clear_cookies()
        self._free[repr(sorted(options.items()))].append(context)

    def _new(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.add_init_script(OBSERVER)
        context.on("request", lambda request: self._watching[context].asked(request.url))
        context.on("console", lambda message: self._watching[context].said(message))
        context.on("weberror", lambda error: self._watching[context].failed(error.error))
        context.on("dialog", lambda dialog: self._watching[context].opened(dialog))
        context.on("page", lambda page: page.on(
            "websocket", lambda socket: self._watching[context].asked(socket.url)))  # fmt: skip
        return context


@pytest.fixture
def page_of(
    contexts: Contexts, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    taken: list[tuple[BrowserContext, dict[str, Any]]] = []

    def sign_in(person: str, path: str = "/", *, at: AppServer | None = None, **more: Any) -> Page:
        server: AppServer = at or request.getfixturevalue("server")
        watch.hosts.add(f"localhost:{server.port}")
        options = {"viewport": {"width": 1400, "height": 950}, **more}
        context = contexts.take(watch, **options)
        taken.append((context, options))
        if person:
            context.add_cookies([{
                "name": COOKIE, "value": server.token(person), "url": server.url,
                "httpOnly": True, "sameSite": "Lax",
            }])  # fmt: skip
        page = context.new_page()
        page.goto(server.url + path)
        if person and path != "/sign-in":
            settle(page)
        return page

    yield sign_in
    for context, options in taken:
        contexts.give_back(context, **options)


def _open_office(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.PROJECT, str(content.root))
    monkeypatch.setenv(office.DEMO, "")
    office.desk().refresh()
