"""Journeys of reviewers, in Chromium on the real server: what they press is what is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from streamlit.testing.v1 import AppTest

from medloc.accounts import accounts_of
from medloc.ledger import open_ledger
from medloc.model import Event, Kind
from review_app import reviewing
from tests import postgres
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.screen import focus_on, press, press_button, said, shown

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
# Presses the button and the key of the next words in the moment in which they come.
AT_ONCE = """() => {
  const stamp = () => document.querySelector('[data-keys]')?.dataset.decides;
  const before = stamp();
  new MutationObserver((_, watching) => {
    const button = document.querySelector(`[class*="st-key-approve-${stamp()}"] button`);
    if (stamp() === before || !button) return;
    watching.disconnect();
    button.click();
    const key = {key: 'a', code: 'KeyA', bubbles: true};
    document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  }).observe(document.body, {childList: true, subtree: true, attributes: true});
}"""


def test_reviewer_steps_through_and_approves_with_keys(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es")
    first = shown(page)
    press(page, "j")
    second = shown(page)
    assert (first.source, first.target) == ("Fever", "Fiebre")
    assert (second.source, second.target) == ("What fever is.", "Qué es la fiebre.")
    press(page, "k")
    assert shown(page) == first
    press(page, "a")
    assert shown(page) == second
    assert "Approved for publication" in said(page)
    (event,) = decisions(server.content, article)
    assert (event.draft.kind, event.draft.actor, event.draft.door) == (
        Kind.APPROVE, "doctor", "app",
    )  # fmt: skip
    assert (event.draft.source, event.draft.target) == (first.source, first.target)


def test_no_button_before_the_words_and_no_press_in_their_first_moment(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", "/sign-in")
    held: list[Route] = []
    page.route(
        "**/Html.*.js", lambda route: held.append(route)
    )  # what draws texts comes late, as on a cold load
    page.goto(f"{server.url}/review?article={article}&locale=es")
    page.get_by_role("button", name="Next").wait_for()
    approve = page.locator('[class*="st-key-approve-"] button')
    expect(approve).to_have_count(0)
    page.keyboard.press("a")
    held[0].continue_()
    approve.wait_for()
    first = shown(page)
    page.evaluate(AT_ONCE)
    press(page, "a")
    expect(page.locator("[data-decides]")).to_contain_text("nothing was decided")
    second = shown(page)
    press(page, "a")
    approved = [e.draft.target for e in decisions(server.content, article)]
    assert approved == [first.target, second.target]


def test_server_takes_no_press_in_the_first_moment_either(
    app_of: Callable[..., AppTest], content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of("doctor", "review", article="fever", locale="es")
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 1000)
    (key,) = (b.key for b in app.button if b.key and b.key.startswith("approve-"))
    assert key is not None
    app.button(key=key).click().run()
    assert "nothing was decided" in app.info[0].value
    assert not decisions(content, "fever")
    monkeypatch.setattr(reviewing, "LEAST_ON_SCREEN", 0)
    app.button(key=key).click().run()
    assert len(decisions(content, "fever")) == 1


def test_reviewer_withdraws_their_last_decision(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es&mine=0")
    first = shown(page)
    press(page, "a")
    assert shown(page) != first
    press(page, "u")  # goes back: nothing is withdrawn that is not on the screen
    assert shown(page) == first
    assert len(decisions(server.content, article)) == 1
    press(page, "u")
    assert "withdrawn" in said(page)
    events = [(e.draft.kind, e.draft.target) for e in decisions(server.content, article)]
    assert events == [(Kind.APPROVE, "Fiebre"), (Kind.WITHDRAW, "Fiebre")]
    standing = server.content.json("messages", article, "es")[0]["standing"]
    assert standing == "waiting"


def test_two_people_approve_what_is_of_high_risk(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    row = risky(server.content, article)
    path = f"/review?article={article}&locale=es&message={row['id']}"
    one, other = page_of("ana", path), page_of("linguist", path)
    for person, page, after in (("ana", one, "half_approved"), ("linguist", other, "approved")):
        focus_on(page, row["id"])
        assert shown(page).target == row["target"]
        press(page, "a")
        assert risky(server.content, article)["standing"] == after
        assert decisions(server.content, article)[-1].draft.actor == person
    roles = {event.draft.role for event in decisions(server.content, article)}
    assert roles == {"medical", "linguistic"}


def test_request_for_changes_needs_its_reason_and_keeps_it(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=ar")
    first = shown(page)
    write_note(page, "x", "Says nothing of <b>children</b>.\nأضف الأطفال.")
    press_button(page, "Send")
    (event,) = decisions(server.content, article)
    assert event.draft.kind is Kind.REQUEST_CHANGES
    assert event.draft.reason == "Says nothing of <b>children</b>.\nأضف الأطفال."
    assert (event.draft.source, event.draft.target) == (first.source, first.target)
    assert shown(page) != first


def test_keys_do_nothing_while_a_note_is_typed(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es")
    first = shown(page)
    write_note(page, "m", "ajak")
    assert shown(page) == first
    press_button(page, "Send")
    (event,) = decisions(server.content, article)
    assert (event.draft.kind, event.draft.reason) == (Kind.COMMENT, "ajak")


def test_what_changed_while_it_was_read_is_not_approved(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es")
    first = shown(page)
    server.content.translate("es", {"Fever": "Calentura"}, article)
    press(page, "a")
    assert not decisions(server.content, article)
    now = shown(page)
    assert (now.id, now.target) == (first.id, "Calentura")
    assert "changed since it was read" in said(page)
    press(page, "a")
    assert [e.draft.target for e in decisions(server.content, article)] == ["Calentura"]


def test_note_typed_while_the_words_changed_is_not_lost(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es")
    write_note(page, "x", "Too short.")
    server.content.translate("es", {"Fever": "Calentura"}, article)
    press_button(page, "Send")
    assert not decisions(server.content, article)
    assert shown(page).target == "Calentura"
    assert "changed" in said(page)
    expect(page.locator("textarea")).to_have_value("Too short.")


def test_second_browser_is_told_what_the_first_one_did(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    path = f"/review?article={article}&locale=es"
    one, other = page_of("doctor", path), page_of("writer", path)
    same = page_of("doctor", path)
    assert shown(one) == shown(other) == shown(same)
    press(one, "a")
    press(same, "a")  # the same person in another window
    assert said(same)
    write_note(other, "x", "It is unsafe.")
    expect(other.locator(".m-tag", has_text="approved").first).to_be_visible()
    press_button(other, "Send")
    events = [(e.draft.actor, e.draft.kind) for e in decisions(server.content, article)]
    assert events == [("doctor", Kind.APPROVE), ("writer", Kind.REQUEST_CHANGES)]


def test_whoever_is_suspended_decides_nothing_more(
    page_of: PageOf, server: AppServer, article: str
) -> None:
    accounts = accounts_of(server.content.root)
    accounts.add("publisher")
    path = f"/review?article={article}&locale=es&mine=0"
    page, left = page_of("publisher", path), page_of("doctor", path)
    accounts.suspend("publisher")
    for one in (page, left):
        if one is left:
            with left.expect_popup() as popup:  # signs out in another window
                left.evaluate("window.open('/sign-out')")
            popup.value.get_by_role("button").click()
            popup.value.wait_for_url("**/sign-in")
        press(one, "a")
        assert "session has ended" in said(one)
        expect(one.get_by_role("link", name="Sign in again")).to_be_visible()
        expect(one.get_by_test_id("target")).to_have_count(0)
    assert not decisions(server.content, article)


def test_journey_on_postgresql(
    content: Content, serve: Callable[..., AppServer], page_of: PageOf
) -> None:
    database = postgres.server()
    if database is None:
        pytest.skip(postgres.MISSING)
    settings = content.read("medloc.yaml")
    content.write("medloc.yaml", f"{settings}ledger: {database.database('review_app')}\n")
    row = risky(content, "fever")
    path = f"/review?article=fever&locale=es&message={row['id']}"
    server = serve(content)
    for person, kind in (("ana", "a"), ("linguist", "a"), ("doctor", "x")):
        page = page_of(person, path, at=server)
        focus_on(page, row["id"])
        if kind == "a":
            press(page, "a")
        else:
            write_note(page, "x", "Better: at once.")
            press_button(page, "Send")
    events = [(e.draft.actor, e.draft.kind, e.draft.target) for e in decisions(content, "fever")]
    assert events == [
        ("ana", Kind.APPROVE, row["target"]),
        ("linguist", Kind.APPROVE, row["target"]),
        ("doctor", Kind.REQUEST_CHANGES, row["target"]),
    ]
    assert risky(content, "fever")["standing"] == "changes_requested"


def decisions(content: Content, article: str) -> list[Event]:
    """What people said of an article's wordings, oldest first."""
    settings = content.read("medloc.yaml")
    address = next(
        (li.removeprefix("ledger: ") for li in settings.splitlines() if li.startswith("ledger: ")),
        "sqlite:///ledger.sqlite",
    )
    events = open_ledger(address, base=content.root).events()
    return [
        e for e in events
        if e.draft.article == article and e.draft.kind not in (Kind.SOURCE, Kind.PROPOSE)
    ]  # fmt: skip


def risky(content: Content, article: str) -> dict[str, str]:
    """The first message of high risk of an article in Spanish."""
    row = next(row for row in content.json("messages", article, "es") if row["high_risk"])
    assert isinstance(row, dict)
    return row


def write_note(page: Page, key: str, text: str) -> None:
    """Open a small form by its key and type a note."""
    press(page, key)
    page.locator("textarea").fill(text)
