"""Pages as a reader meets them, in a real browser, behind the real server."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from medloc import languages, theme
from medloc.site.serve import open_server, server_url

pytestmark = pytest.mark.browser

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 180" width="600" height="180"/>'
ROW = "<tr>" + "<td>Hyperreflexia and more</td>" * 7 + "</tr>"
BODY = (
    "".join(
        f'<h2 id="part-{n}">Part {n}</h2>\n<p>{"Long enough text. " * 30}</p>\n' for n in range(6)
    )
    + '<p><img src="../../assets/a.svg" alt="a curve" /></p>\n'
    + '<blockquote class="markdown-alert-warning">\n<p>Never stop suddenly.</p>\n</blockquote>\n'
    + f"<table><thead>{ROW.replace('td', 'th')}</thead><tbody>\n{ROW}\n</tbody></table>\n"
    + "<p>Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft</p>\n"
    + "<pre><code>a very long line of code that does not wrap, come what may\n</code></pre>\n"
)
HOSTILE = (
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 2' />"
    "<style>h1 {display: none}</style><iframe src='https://example.org'></iframe>"
    "<a id='bad' href='javascript:window.ran=3'>x</a>"
)
LOCALES = ("en", "ar", "hi", "zh_Hans")


def site() -> dict[str, bytes]:
    known = {name: languages.language(name) for name in LOCALES}
    files = {"assets/s.css": theme.style(), "assets/a.svg": SVG}
    for name, language in known.items():
        view = theme.PageView(
            language=language,
            title="Clonus",
            description="What it is.",
            body_html=theme.label_callouts(BODY, theme.words(name)),
            root="../../",
            style="assets/s.css",
            contents=tuple((f"part-{n}", f"Part {n}", 2) for n in range(6)),
            alternates=tuple(
                (other, f"../../{other.tag}/clonus/index.html") for other in known.values()
            ),
            reviewed=dt.date(2026, 3, 1),
            approved=dt.date(2026, 3, 1),
            demonstration=True,
        )
        files[f"{language.tag}/clonus/index.html"] = theme.page_html(view).encode()
    home = theme.RootView(
        known["en"],
        tuple((one, f"{one.tag}/clonus/index.html") for one in known.values()),
        "assets/s.css",
    )
    files["index.html"] = theme.root_html(home).encode()
    hostile = theme.PageView(known["en"], "Bad", HOSTILE, "../../", "assets/s.css")
    files["en/hostile/index.html"] = theme.page_html(hostile).encode()
    moved = theme.RedirectView(
        known["en"], "Clonus", "../clonus/index.html", "../../", "assets/s.css"
    )
    files["en/old/index.html"] = theme.redirect_html(moved).encode()
    draft = theme.PageView(known["ar"], "Draft", BODY, "../../", "assets/s.css", draft=True)
    files["ar/draft/index.html"] = theme.page_html(draft).encode()
    return files


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with open_server(site().get, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server_url(server)
        server.shutdown()
        thread.join()


@contextmanager
def opened(browser: Browser, url: str, *, width: int = 1280, mode: str = "light") -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if mode == "dark" else "light"
    )
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


@pytest.mark.parametrize("tag", ["en", "ar", "hi", "zh-Hans"])
def test_page_fits_every_window_and_asks_for_its_own_files_only(
    browser: Browser, address: str, tag: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: dict[str, int] = {}
    errors: list[str] = []
    page.on("requestfinished", lambda r: asked.update({r.url: r.sizes()["responseBodySize"]}))
    # Browsers ask for /favicon.ico by themselves, and say so when there is none.
    page.on("console", lambda m: errors.append(f"{m.text} {m.location['url']}"))
    page.goto(f"{address}{tag}/clonus/")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for width in (320, 390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(wide) <= 0, width
        table = page.locator("article table").bounding_box()
        assert table is not None
        assert table["width"] <= width
    assert asked.keys() == {
        f"{address}{path}" for path in (f"{tag}/clonus/", "assets/s.css", "assets/a.svg")
    }
    assert sum(asked.values()) < 30_000
    assert [one for one in errors if not one.endswith("/favicon.ico")] == []
    context.close()


def test_keyboard_reaches_the_content_first(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/clonus/") as page:
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("e => e === document.activeElement")
        box = skip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert skip.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_keyboard_reaches_a_wide_table_and_moves_it(browser: Browser, address: str) -> None:
    """Browsers let the keyboard reach what scrolls; the article's own markup stays as it is."""
    with opened(browser, f"{address}en/clonus/", width=320) as page:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.tagName") == "TABLE":
                break
        table = page.locator("article table")
        assert table.evaluate("e => e === document.activeElement")
        assert table.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        page.keyboard.press("ArrowRight")
        moved = (
            "e => new Promise(done => { const look = () => e.scrollLeft > 0 ? done(true)"
            " : requestAnimationFrame(look); look() })"
        )
        assert table.evaluate(moved)


def test_right_to_left_page_is_mirrored(browser: Browser, address: str) -> None:
    def edges(tag: str) -> tuple[bool, str]:
        with opened(browser, f"{address}{tag}/clonus/") as page:
            nav, article = (page.locator(one).bounding_box() for one in (".contents", "article"))
            assert nav is not None
            assert article is not None
            style = (
                "e => getComputedStyle(e).borderLeftWidth + getComputedStyle(e).borderRightWidth"
            )
            widths = page.locator(".markdown-alert-warning").evaluate(style)
            return nav["x"] < article["x"], widths

    assert edges("en") == (False, "5px0px")
    assert edges("ar") == (True, "0px5px")


def test_dark_mode_is_dark_and_images_keep_a_light_ground(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/clonus/", mode="dark") as page:
        colour = "e => getComputedStyle(e).backgroundColor"
        assert page.locator("body").evaluate(colour) == "rgb(16, 24, 28)"
        assert page.locator("article img").evaluate(colour) == "rgb(255, 255, 255)"


def test_no_script_runs_and_nothing_foreign_loads_whatever_the_body_holds(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}en/hostile/")
    page.locator("#bad").click()
    assert page.evaluate("window.ran") is None
    assert page.locator("h1").is_visible()
    assert [url for url in asked if not url.startswith((address, "javascript:"))] == []
    context.close()


def test_print_leaves_out_what_only_a_screen_needs(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/clonus/") as page:
        page.emulate_media(media="print")
        for one in (".languages", ".contents", ".back"):
            assert not page.locator(one).is_visible()
        for one in (".strip", "h1", "article", ".checked p >> nth=0"):
            assert page.locator(one).is_visible()


def test_old_address_leads_on(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}en/old/") as page:
        page.wait_for_url(f"{address}en/clonus/index.html")


def test_reader_gets_from_the_root_to_a_page_in_another_language(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, width=390) as page:
        page.get_by_role("link", name="English").click()
        page.get_by_role("link", name="العربية").click()
        assert page.url == f"{address}ar/clonus/index.html"
        assert page.locator("html").get_attribute("dir") == "rtl"


def test_draft_banner_stays_in_sight_and_the_watermark_lets_clicks_through(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}ar/draft/", width=390) as page:
        page.evaluate("window.scrollTo({top: 3000, behavior: 'instant'})")
        assert page.evaluate("window.scrollY") > 1000
        box = page.locator(".strip.draft").bounding_box()
        assert box is not None
        assert box["y"] == 0
        mark = "getComputedStyle(document.body, '::before')"
        assert page.evaluate(f"{mark}.content").startswith('"مسودة"')
        assert page.evaluate(f"{mark}.pointerEvents") == "none"
