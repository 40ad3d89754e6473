"""Searching in a real browser, behind the real server: what is loaded when, found, and shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from medloc import languages, theme
from medloc.search_index import LETTERS, Searched, index_pages
from medloc.site.serve import open_server, server_url
from medloc.theme.rendering import SHIPPED
from medloc.theme.search import FILES, search_file, search_html
from medloc.theme.search_view import SearchView

pytestmark = pytest.mark.browser

NEVER = "<p>Nunca suspenda el baclofeno de golpe.</p>"
PAGES = {
    "es": {
        "clonus": Searched("Clonus", "Qué es el clonus.", f'<h2 id="safe">Seguridad</h2>{NEVER}'),
        "fever": Searched("Fiebre <5", "Qué es la fiebre.", "<p>Descanse y beba agua.</p>"),
    },
    "ar": {
        "clonus": Searched("الرمع", "ما هو الرمع.", '<h2 id="a">الشناج</h2><p>العضلات.</p>'),
        "fever": Searched("الحمى", "ما هي الحمى.", "<p>استرح.</p>"),
    },
    "zh_Hans": {
        "clonus": Searched(
            "MS 与阵挛", "了解阵挛。", '<h2 id="a">痉<em>挛</em>状态</h2><p>肌肉收缩。</p>'
        ),
        "fever": Searched("发热", "挛和痉。", "<p>请休息。</p>"),
    },
}  # fmt: skip


def files() -> dict[str, bytes]:
    found = {"assets/s.css": theme.style(), "favicon.ico": b""}
    for locale, pages in PAGES.items():
        language = languages.language(locale)
        folder = f"{language.tag}/search"
        view = SearchView(language, LETTERS, root="../../", style="assets/s.css")
        found[f"{folder}/index.html"] = search_html(SHIPPED, view).encode()
        found |= {f"{folder}/{name}": search_file(name) for name in FILES}
        index = index_pages(pages, tag=language.tag)
        found |= {f"{folder}/{name}": data for name, data in index.items()}
        found |= {f"{language.tag}/{slug}/index.html": b"<h1>here</h1>" for slug in pages}
    return found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with open_server(files().get, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server_url(server)
        server.shutdown()
        thread.join()


class Visit:
    """A search page that is open, what it asked for and what went wrong."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console", lambda m: m.type in ("error", "warning") and self.wrong.append(m.text)
        )
        self.page.goto(url)

    def look_for(self, text: str, *, count: str) -> list[tuple[str, str, list[str]]]:
        """(title, lead, headings) of each result."""
        self.page.fill("input", text)
        self.page.press("input", "Enter")
        expect(self.page.locator(".search-status")).to_have_text(count)
        return [
            (
                item.locator("> a").inner_text(),
                item.locator("> p").inner_text(),
                item.locator("li a").all_inner_texts(),
            )
            for item in self.page.locator(".search-results > li").all()
        ]


def test_nothing_is_loaded_before_somebody_searches_and_results_are_whole(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        visit = Visit(context, f"{address}es/search/")
        assert {url.rpartition("/")[2] for url in visit.asked} == {
            "", "s.css", "search.css", "search.js",
        }  # fmt: skip
        found = visit.look_for("baclofeno", count="Resultados: 1")
        assert found == [("Clonus", "Qué es el clonus.", ["Seguridad"])]
        assert "suspenda" not in visit.page.inner_text("main")  # a piece of a sentence
        assert visit.look_for("fiebres", count="Resultados: 1")[0][0] == "Fiebre <5"
        assert visit.look_for("xyzzy", count="No se ha encontrado nada.") == []
        visit.look_for("baclofeno", count="Resultados: 1")
        assert visit.page.url.endswith("?q=baclofeno")
        visit.page.click("li li a")
        assert visit.page.url == f"{address}es/clonus/index.html#safe"
        assert all(url.startswith(address) for url in visit.asked)
        assert visit.wrong == []


def test_right_to_left_and_scripts_without_blanks_are_searched(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        visit = Visit(context, f"{address}ar/search/?q={quote('الشناج')}")
        expect(visit.page.locator(".search-status")).to_have_text("النتائج: 1")
        title = visit.page.locator(".search-results > li > a").bounding_box()
        field = visit.page.locator("input").bounding_box()
        assert title is not None
        assert field is not None
        assert abs(title["x"] + title["width"] - field["x"] - field["width"]) < 4
        visit = Visit(context, f"{address}zh-Hans/search/")
        # As a phrase, across a tag; not where the same letters stand in another order.
        found = visit.look_for("痉挛", count="结果：1")
        assert [one[:2] for one in found] == [("MS 与阵挛", "了解阵挛。")]
        assert len(visit.look_for("阵挛 肌肉", count="结果：1")) == 1
        assert visit.look_for("休息", count="结果：1")[0][0] == "发热"
        assert visit.wrong == []


def test_without_script_there_is_the_list_and_no_field(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}es/search/")
        assert not page.is_visible("form")
        assert "La búsqueda necesita JavaScript." in page.inner_text("main")
        assert page.get_attribute("main a", "href") == "../index.html"
