"""Hostile wordings stay text in every view; forged requests change neither person nor message."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg

from medloc.catalogs import read_catalog, write_catalog
from medloc.ledger import open_ledger
from medloc.model import Kind
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.projects import new_project
from tests.review_app.robot import Robot
from tests.review_app.screen import press, press_button, settle, shown

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
Serve = Callable[..., AppServer]

HANDFUL = Path(__file__).with_name("hostile.json")
EVERYTHING = Path(os.environ.get("MEDLOC_HOSTILE", "../shared/bench/attacks/xss.json"))
_REFUSED = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
# What only a wording that came alive could have made.
ALIVE = """() => [...document.querySelectorAll(
  'script:not([src^="./static/"]):not([src^="/static/"]), iframe[srcdoc*="alert"], base, ' +
  'meta[http-equiv=refresh], [onerror], [onload], [onfocus], [ontoggle], [href^="javascript:"], ' +
  '[src*="evil.example"], [href*="evil.example"], [action*="evil.example"], ' +
  '.m-text :not(mark, bdi, br, del, ins, span)'
)].map(one => one.outerHTML.slice(0, 200)).filter(html => !HARMLESS.includes(html))"""


def test_a_handful_of_hostile_wordings_is_text_in_every_view(
    tmp_path: Path, serve: Serve, page_of: PageOf
) -> None:
    payloads = json.loads(HANDFUL.read_text("utf-8"))
    assert shown_as_text(tmp_path, serve, page_of, payloads) == len(payloads)


def shown_as_text(folder: Path, serve: Serve, page_of: PageOf, payloads: Sequence[str]) -> int:
    """Show payloads as wordings in Review one by one and in every other view; how many there were.
    Requests, dialogs and errors are noticed by `page_of`."""
    content = hostile_project(folder / "project", payloads)
    server = serve(content)
    page = page_of("editor", "/review?article=page&locale=es&mine=0", at=server)
    press(page, "j")  # over the title
    before = page.evaluate("[...document.scripts].map(one => one.outerHTML.slice(0, 200))")
    alive = ALIVE.replace("HARMLESS", json.dumps(before))
    for number, payload in enumerate(payloads):
        assert shown(page).source == f"Sentence {number}."
        text = page.get_by_test_id("target").evaluate("one => one.innerText")
        assert squeezed(text) == squeezed(payload)
        assert page.evaluate(alive) == []
        if number == 0:
            press(page, "m")
            page.locator("textarea").fill("\n".join(payloads[:20]))
            press_button(page, "Send")
            assert page.evaluate(alive) == []
        if number + 1 < len(payloads):
            press(page, "j")
    views = [link.get_attribute("href") for link in page.get_by_test_id("stTopNavLink").all()]
    assert len(views) > 1
    for view in views:
        page.goto(f"{view}?article=page&locale=es&mine=0")
        settle(page)
        assert page.evaluate(alive) == [], view
    return len(payloads)


def hostile_project(root: Path, payloads: Sequence[str]) -> Content:
    """A project whose Spanish page says nothing but payloads; so do people's names and the key by
    which a second article cannot be read."""
    content = new_project(root)
    links = "![i](https://evil.example/x.png) [y](https://evil.example) www.evil.example $x$"
    settings = content.read("medloc.yaml")
    person = "name: Editor, roles: [editor, medical"
    assert person in settings
    named = f"name: '{links}', roles: [editor, medical, publisher"
    content.write("medloc.yaml", settings.replace(person, named))
    content.write(
        "source_content/bad.md",
        f"---\ntitle: x\nquantities: {{'{links}': {{value: 1}}}}\n---\n\nA {{x}}\n",
    )
    lines = [f"Sentence {number}." for number in range(len(payloads))]
    content.write("source_content/page.md", "---\ntitle: Page\n---\n\n" + "\n\n".join(lines) + "\n")
    assert content("sync") == 2  # the article that cannot be read
    path = content.catalog("es", "page")
    catalog = read_catalog(path, name=path.name)
    words = dict(zip(lines, map(_writable, payloads), strict=True))
    entries = tuple(replace(e, msgstr=words.get(e.msgid, e.msgstr)) for e in catalog.entries)
    path.write_bytes(write_catalog(replace(catalog, entries=entries)))
    return content


def squeezed(text: str) -> str:
    """A text without what a page draws as a gap or not at all."""
    return re.sub(rf"[\s{_REFUSED}]+", "", text)


def _writable(text: str) -> str:
    """A text without the characters that no catalog takes."""
    return re.sub(f"[{_REFUSED}]", " ", text)


def test_query_parameters_change_neither_person_nor_what_is_decided(
    server: AppServer, article: str, page_of: PageOf
) -> None:
    forged = "person=editor&actor=editor&as=editor&medloc_session=x&pair=0&form=0&role=publisher"
    page = page_of("ana", f"/review?article={article}&locale=es&{forged}&approve=1")
    first = shown(page)
    assert "Ana Ruiz" in page.locator(".m-who").inner_text()
    assert not decisions(server, article)
    press(page, "a")
    assert decisions(server, article) == [("ana", first.source, first.target)]


def test_forged_widget_states_decide_nothing(server: AppServer, article: str) -> None:
    query = {"article": article, "locale": "es"}
    with Robot(server, "doctor", "review", query) as doctor, \
         Robot(server, "ana", "review", query) as ana:  # fmt: skip
        first, approve = ana.focus, ana.button("approve")
        doctor.press(approve)  # another session's button
        ana.press(ana.button("next"))
        ana.press(approve)  # not on the screen any more
        unseen = approve.replace(first[0], ana.focus[0])
        ana.press(unseen)
        for key in ("medloc", "medloc-address"):
            message = BackMsg()
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id, widget.string_value = key, "editor"
            ana.send(message)
        assert not decisions(server, article)
        assert ana.texts
        assert not ana.failed
        now = ana.button("approve")
        ana.press(now)
        assert not decisions(server, article)  # quicker than anybody reads
        ana.read()
        ana.press(now)
        ana.press(now)  # pressed again: the same form
        assert [actor for actor, *_ in decisions(server, article)] == ["ana"]
        assert not doctor.failed + ana.failed


def decisions(server: AppServer, article: str) -> list[tuple[str, str, str]]:
    """Who approved what of an article."""
    events = open_ledger("sqlite:///ledger.sqlite", base=server.content.root).events()
    return [
        (event.draft.actor, event.draft.source, event.draft.target)
        for event in events
        if event.draft.article == article and event.draft.kind is Kind.APPROVE
    ]
