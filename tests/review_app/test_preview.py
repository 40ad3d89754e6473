"""Preview: the draft in a sandboxed frame, for those who are signed in, and no script in it."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from medloc.workflow.desk import Desk
from review_app import routes_preview
from review_app.guard import COOKIE, TOLD
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.screen import settle

ATTACK = '<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>'


def said(app: AppTest) -> str:
    return "\n".join(box.value for box in (*app.warning, *app.success, *app.info))


def test_what_is_not_approved_is_counted(app_of: Callable[..., AppTest]) -> None:
    app = app_of("doctor", "preview", article="fever", locale="es")
    assert "9 of 9 sentences are not approved: 9 waiting." in said(app)
    assert (app.selectbox(key="preview-article").value, app.selectbox(
        key="preview-locale").value) == ("fever", "es")  # fmt: skip


def test_an_approved_page_says_so(app_of: Callable[..., AppTest], content: Content) -> None:
    content.approve_all("en", "editor")
    app = app_of("doctor", "preview", article="fever", locale="en")
    assert "All 9 sentences of this page are approved." in said(app)


def test_an_address_chooses_no_page_that_is_not_there(app_of: Callable[..., AppTest]) -> None:
    app = app_of("doctor", "preview", article="../medloc.yaml", locale="<b>")
    assert app.selectbox(key="preview-article").value == "fever"


def answer(server: AppServer, path: str, person: str = "") -> tuple[int, str, str]:
    """Status, policy and body of an answer."""
    connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
    headers = {"Cookie": f"{COOKIE}={server.token(person)}"} if person else {}
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        policy = response.headers.get("Content-Security-Policy", "")
        return response.status, policy, response.read().decode()


@pytest.mark.browser
def test_drafts_are_for_those_who_are_signed_in(server: AppServer, article: str) -> None:
    page = f"/drafts/marked/es/{article}/"
    assert answer(server, page)[0] == 303
    status, policy, body = answer(server, page, "ana")
    assert (status, "Descanse" in body) == (200, True)
    assert "default-src 'none'" in policy
    assert "sandbox allow-same-origin" in policy
    assert "script" not in policy
    for path in (
        "/drafts/marked/es/none/",
        "/drafts/other/es/fever/",
        "/drafts/marked/../../medloc.yaml",
        "/drafts/marked/%2e%2e/medloc.yaml",
        "/drafts/marked/assets/0000000000000000.css",
        "/drafts/frame?article=fever&locale=xx",
    ):
        assert answer(server, path, "ana")[0] in (400, 404), path
    _, _, body = answer(server, '/drafts/frame?article="><script>&locale=es&section="x', "ana")
    assert 'sandbox="allow-same-origin"' in body
    assert body.count("<script") == 1  # ours; what was asked for is text


def frames(page: Page) -> FrameLocator:
    return page.frame_locator('[data-testid="stIFrame"]')


@pytest.mark.browser
def test_page_and_source_stand_beside_each_other(
    page_of: Callable[..., Page], server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/preview?article={article}&locale=ar")
    outer = frames(page)
    inner = outer.locator("iframe")
    expect(inner).to_have_count(2)
    for number in (0, 1):
        expect(inner.nth(number)).to_have_attribute("sandbox", "allow-same-origin")
    arabic = outer.frame_locator('iframe[data-locale="ar"]')
    expect(arabic.locator("html")).to_have_attribute("dir", "rtl")
    expect(arabic.locator("article mark").first).to_be_visible()
    outline = arabic.locator("article mark").first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "dashed"  # its style sheet came with the sign-in
    expect(outer.frame_locator('iframe[data-locale="en"]').locator("h1")).to_have_text("Fever")
    page.get_by_text("As wide as a phone").click()
    expect(outer.locator("body")).to_have_class("phone")
    settle(page)
    width = outer.locator("iframe").last.evaluate("e => e.getBoundingClientRect().width")
    assert width == 390
    page.get_by_text("Source beside it").click()
    expect(outer.locator("iframe")).to_have_count(1)
    page.get_by_text("Mark what is not approved").click()
    expect(arabic.locator("article")).to_be_visible()
    expect(arabic.locator("mark")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_page_and_source_scroll_together(
    page_of: Callable[..., Page], server: AppServer, article: str, width: int
) -> None:
    parts = [f"## Part {n} {{#part-{n}}}\n\n" + f"It is part {n}. " * 90 for n in range(8)]
    text = "---\ntitle: Long\n---\n\n" + "\n\n".join(parts) + "\n"
    server.content.write(f"source_content/{article}.md", text)
    assert server.content("sync") == 0
    words = {f"It is part {n}. " * 90: f"Es la parte número {n} de todas. " * 90 for n in range(8)}
    server.content.translate("es", {k.strip(): v.strip() for k, v in words.items()}, article)
    page = page_of("doctor", f"/preview?article={article}&locale=es",
                   viewport={"width": width, "height": 950})  # fmt: skip
    expect(frames(page).frame_locator("iframe >> nth=1").locator("#part-7")).to_have_count(1)
    outer = next(frame for frame in page.frames if "/drafts/frame" in frame.url)
    for leader in (1, 0):
        outer.evaluate("n => frames[n].document.getElementById(`part-${3 + n}`).scrollIntoView()",
                       leader)  # fmt: skip
        outer.wait_for_function("""n => {
          const top = frame => frame.document.getElementById(`part-${3 + n}`)
            .getBoundingClientRect().top;
          return frames[0].scrollY > 0 && Math.abs(top(frames[0]) - top(frames[1])) < 4;
        }""", arg=leader)  # fmt: skip
    outer.evaluate("frames[1].scrollTo(0, 1e6)")
    outer.wait_for_function("() => [0, 1].every(n => frames[n].scrollY + frames[n].innerHeight"
                            " >= frames[n].document.documentElement.scrollHeight - 2)")  # fmt: skip


@pytest.mark.browser
def test_no_script_of_a_wording_runs_in_a_draft(
    page_of: Callable[..., Page], server: AppServer, article: str
) -> None:
    server.content.translate("es", {"Rest": f"Descanse {ATTACK}"}, article)
    page = page_of("doctor", f"/preview?article={article}&locale=es")
    spanish = frames(page).frame_locator('iframe[data-locale="es"]')
    expect(spanish.get_by_text("onerror")).to_be_visible()  # as text
    assert spanish.locator("script, svg, img[onerror]").count() == 0


def test_a_draft_is_shown_to_nobody_whose_time_has_ended(content: Content) -> None:
    (frame, file) = routes_preview.routes(Desk(content.root))
    scope = {
        "type": "http", "method": "GET", "path": "/", "query_string": b"article=fever&locale=es",
        "headers": [(TOLD.encode(), b"ana")],
        "path_params": {"mode": "plain", "path": "es/fever/"},
    }  # fmt: skip

    def statuses() -> list[int]:
        asked = [route.endpoint(Request(scope)) for route in (frame, file)]  # type: ignore[attr-defined]
        # In a thread of its own: where a browser is open, this one has a loop already.
        with ThreadPoolExecutor(1) as alone:
            return [alone.submit(asyncio.run, one).result().status_code for one in asked]

    assert statuses() == [200, 200]
    text = content.read("medloc.yaml")
    content.write("medloc.yaml", text.replace("id: ana,", "id: ana, until: 2020-01-01,"))
    assert statuses() == [403, 403]
    content.write("medloc.yaml", text.replace("id: ana,", "id: other,"))
    assert statuses() == [403, 403]
