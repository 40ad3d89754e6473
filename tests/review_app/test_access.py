"""Every screen for everybody: axe-core in English and in Arabic, and a way without a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from playwright.sync_api import Page, Route, expect

from medloc.accounts import accounts_of
from medloc.ledger import open_ledger
from medloc.model import Kind
from review_app.texts import direction, translated
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.axe import faults
from tests.review_app.screen import press, runs, said, settle, shown

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]

# What axe-core leaves open: (rule, where) -> why it is no fault.
NO_FAULT = {
    ("color-contrast", "svg text"): (
        "it cannot see the ground behind an SVG; PLOT_STYLE gives its words the page's own colour"
    ),
    ("color-contrast", ".m-why"): (
        "its own text is a tick alone; the words after it are looked at by themselves"
    ),
    ("aria-prohibited-attr", "span[data-tag]"): (
        "Streamlit's chosen options: the label repeats the words that stand in them"
    ),
    ("frame-tested", "iframe"): (
        "no script, so no axe either, runs in the sandbox: its page is looked at by itself below"
    ),
}
STILL = "* { transition: none !important; }"  # colours as they are, not on their way
PASSWORD = "four words and a comma, say"


def screens(article: str) -> dict[str, list[tuple[str, str, str]]]:
    """Whose screens they are: its English name, its path, and a button to press there first."""
    here = f"?article={article}&locale="
    return {
        "publisher": [
            ("Waiting", "/", ""),
            ("Progress", "/progress", ""),
            ("History", "/history", ""),
            ("People", "/people", ""),
            ("Publish", "/publish", ""),
            ("Preview", f"/preview{here}ar", ""),
        ],
        "doctor": [
            ("Review", f"/review{here}es&mine=0", "request-"),
            ("Read and sign", f"/sign{here}es", ""),
            ("Glossary", "/glossary", ""),
        ],
        "writer": [("Translate", f"/translate{here}ar&work=all", "keys")],
        "editor": [("Edits", "/edits", "")],
    }


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_axe_finds_nothing_on_any_screen(
    page_of: PageOf, server: AppServer, article: str, locale: str
) -> None:
    decide = ("decide", "approve", article, "es", "--as", "doctor", "--section")
    assert server.content(*decide, "what") == 0
    text = server.content.read(f"source_content/{article}.md")
    server.content.write(f"source_content/{article}.md", text.replace("- Rest", "- Do rest"))
    found = []

    def look(page: Page, name: str, *rules: str) -> None:
        found.extend(f"{name}: {one}" for one in faults(page, NO_FAULT, rules=rules))

    page = page_of("", "/sign-in", locale=locale)
    look(page, "Sign in")
    for person, theirs in screens(article).items():
        page = page_of(person, theirs[0][1], locale=locale)
        for name, path, first in theirs:
            if path != theirs[0][1]:
                page.goto(server.url + path)
                settle(page)
            page.add_style_tag(content=STILL)
            if first:
                page.locator(f'[class*="st-key-{first}"] button').first.click()
                opened = page.locator("[data-testid=stForm] textarea, [role=dialog] dl")
                expect(opened).to_have_css("direction", direction(locale))
            heading = page.get_by_role("heading", level=1, include_hidden=True)
            expect(heading.first).to_have_text(translated(name, locale))
            expect(page.locator("html")).to_have_attribute("lang", locale)
            assert direction(locale) == page.get_by_test_id("stMainBlockContainer").evaluate(
                "one => getComputedStyle(one).direction"
            )
            look(page, name)
            if locale == "en":  # axe takes joined Arabic letters for icons, and skips their colours
                page.emulate_media(color_scheme="dark")
                expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
                look(page, f"{name}, dark", "color-contrast")
                page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_axe_finds_nothing_in_what_opens(
    page_of: PageOf, serve: Callable[..., AppServer], content: Content, locale: str
) -> None:
    own_people_file(content)
    assert content("decide", "approve", "fever", "es", "--as", "doctor", "--section", "what") == 0
    server, found = serve(content, demo=True), list[str]()

    def look(page: Page, name: str) -> None:
        found.extend(f"{name}: {one}" for one in faults(page, NO_FAULT))

    def go(page: Page, path: str) -> None:
        page.goto(server.url + path)
        settle(page)
        page.add_style_tag(content=STILL)

    page = page_of("", "/sign-in", at=server, locale=locale)
    look(page, "demo list")
    page = page_of("publisher", "/", at=server, locale=locale)
    for part in ("Recall", "Prove"):
        go(page, "/publish")
        before = runs(page)
        page.get_by_text(translated(part, locale), exact=True).first.click()
        settle(page, after=before)
        look(page, part)
    for path, key, name in (
        ("/people", "p-chosen", "ana"),
        ("/people", "p-chosen", translated("Add somebody", locale)),
        ("/glossary", "g-term-", translated("Add a new term", locale)),
    ):
        if path == "/glossary":
            page = page_of("linguist", "/", at=server, locale=locale)
        go(page, path)
        before = runs(page)
        page.locator(f'[class*="st-key-{key}"] [role=combobox], [class*="st-key-{key}"] input'
                     ).first.click()  # fmt: skip
        page.get_by_role("option", name=name).first.click()
        settle(page, after=before)
        expect(page.get_by_test_id("stForm").first).to_be_visible()
        look(page, f"{path} {name}")
    assert not found, "\n".join(found)


def own_people_file(content: Content) -> None:
    """Give the project's people a file of their own, which the People screen writes."""
    settings = yaml.safe_load(content.read("medloc.yaml"))
    content.write("people.yaml", yaml.safe_dump({"people": settings.pop("people")}))
    content.write("medloc.yaml", yaml.safe_dump({**settings, "people": "people.yaml"}))


def test_axe_finds_nothing_in_drafts_themselves(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    """As they are served, but for the sandbox: in it axe, a script, would wait for ever."""
    page = page_of("doctor", "/sign-in")
    page.route("**/drafts/**", without_sandbox)
    for locale in ("es", "ar"):
        page.goto(f"{server.url}/drafts/marked/{locale}/{article}/")
        expect(page.locator("article mark").first).to_be_visible()
        assert not faults(page, NO_FAULT)


def without_sandbox(route: Route) -> None:
    """Answer as the server does, without its policy."""
    answer = route.fetch()
    headers = {k: v for k, v in answer.headers.items() if k != "content-security-policy"}
    route.fulfill(response=answer, headers=headers)


def test_reviewer_comes_from_the_door_to_an_approval_by_keys_alone(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    accounts = accounts_of(server.content.root)
    accounts.add("doctor")
    accounts.set_password("doctor", PASSWORD)
    page = page_of("", f"/review?article={article}&locale=es")
    expect(page.locator("#person")).to_be_focused()
    page.keyboard.type("doctor")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert sees_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-testid=focus]", state="attached")
    settle(page)
    page.add_style_tag(content=STILL)
    press(page, "h")
    keys = page.get_by_role("dialog")
    expect(keys).to_contain_text("Approve for publication")
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    first = shown(page)
    tab_to(page, "Approve for publication")
    press(page, "Enter")
    assert "Approved for publication" in said(page)
    second = shown(page)
    assert second.id != first.id
    press(page, "a")
    log = open_ledger("sqlite:///ledger.sqlite", base=server.content.root)
    events = [e.draft for e in log.events() if e.draft.article == article]
    assert [(e.actor, e.source, e.target) for e in events if e.kind is Kind.APPROVE] == [
        ("doctor", one.source, one.target) for one in (first, second)
    ]


def tab_to(page: Page, name: str) -> None:
    """Go by Tab until a button has the focus; on the way each control shows that it has it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert sees_focus(page)
        if page.evaluate("n => document.activeElement.matches('button')"
                         " && document.activeElement.innerText.includes(n)", name):  # fmt: skip
            return
    raise AssertionError(f"Tab does not come to {name}")


def sees_focus(page: Page) -> bool:
    """Whether what has the focus looks otherwise than it does without."""
    return bool(
        page.evaluate("""() => {
      const one = document.activeElement;
      const look = () => [one, one.parentElement, one.parentElement.parentElement].map(e => {
        const s = getComputedStyle(e);
        return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color].join();
      }).join();
      const having = look();
      one.blur();
      const without = look();
      one.focus({focusVisible: true});
      return one !== document.body && having !== without;
    }""")
    )
